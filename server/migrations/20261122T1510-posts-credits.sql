-- owner: posts · lock: videos is not written to while one index is built on it · expand
alter table videos
  -- Who published before was not asked: their videos allow nothing until they say so.
  add column allow_duet boolean not null default false,
  add column allow_stitch boolean not null default false,
  add column allow_template boolean not null default false,
  add column allow_download boolean not null default false,
  -- What it is made with; stays when the other is deleted.
  add column credit_kind text check (credit_kind in ('duet', 'stitch', 'frame', 'template')),
  add column origin_id text,
  add column root_id text,
  add column credit_depth integer not null default 0,
  -- Everybody else's and one's own videos whose picture it shows, at any depth.
  add column pictures text[] not null default '{}',
  add column frame_cells smallint,
  add column frame_cell smallint,
  -- The video whose edit list this one was filled from, or itself when it brought one.
  add column template_id text,
  -- Its author wants what shows its picture out of sight.
  add column took_back boolean not null default false,
  -- Somebody whose picture it shows wants that: it is for its author alone, whatever its audience says.
  add column taken_back boolean not null default false,
  add constraint videos_credit check ((credit_kind is null) = (origin_id is null));
create index videos_made_with on videos (origin_id, credit_kind, published_at desc, id desc)
  where status = 'published' and audience = 'everyone' and deleted_at is null and not taken_back;

-- The same as videos.pictures, to be found from the other end.
create table video_pictures (
  picture_id text not null,
  video_id text not null,
  primary key (picture_id, video_id)
);

-- Public videos made with one.
create table video_makings (
  video_id text primary key,
  makings integer not null
);

create table video_templates (
  video_id text primary key,
  list jsonb not null
);

create table making_defaults (
  account_id text primary key,
  duet boolean not null,
  stitch boolean not null,
  template boolean not null,
  download boolean not null
);
