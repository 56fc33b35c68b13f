-- owner: sounds · lock: none (new tables) · expand
create table sounds (
  id text primary key,
  owner_id text not null,
  title text,
  demo boolean not null,
  -- Videos that have it, and those of them that everyone may see: a sound that is heard in public may be used.
  videos integer not null default 0,
  uses integer not null default 0,
  created_at timestamptz not null
);
-- What each video says of its sound. `gone` stays as a tombstone: news may come in any order and twice.
create table sound_uses (
  video_id text primary key,
  sound_id text not null,
  in_public boolean not null,
  gone boolean not null default false
);
