-- owner: playlists · lock: none (new tables) · expand
create table playlists (
  id text primary key,
  owner_id text not null,
  -- Made in the browser: the same wish twice is one playlist.
  key uuid not null,
  title text not null,
  created_at timestamptz not null,
  -- Set: a tombstone, so that deleting again answers the same. Its title is gone.
  deleted_at timestamptz,
  unique (owner_id, key)
);
create index playlists_by_owner on playlists (owner_id, created_at desc) where deleted_at is null;

create table playlist_videos (
  playlist_id text not null,
  video_id text not null,
  position integer not null,
  primary key (playlist_id, video_id)
);
create index playlist_videos_by_video on playlist_videos (video_id);

create table pins (
  account_id text not null,
  video_id text not null,
  pinned_at timestamptz not null,
  primary key (account_id, video_id)
);
create index pins_by_video on pins (video_id);
