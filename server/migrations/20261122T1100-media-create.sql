-- owner: media · lock: none (new tables) · expand
create table uploads (
  id text primary key,
  owner_id text not null,
  state text not null check (state in ('receiving', 'received', 'reading', 'making', 'ready', 'refused')),
  file_name text,
  file_type text,
  bytes_total bigint not null check (bytes_total >= 0),
  bytes_received bigint not null default 0,
  progress double precision not null default 0,
  sha256 text,
  facts jsonb,
  refusal_code text,
  refusal_details jsonb,
  -- Given before anything is made, so that a job that runs again writes to the same place.
  asset_id text unique,
  video_id text unique,
  import_key text,
  -- Set: it is being removed, files first and the rows last.
  going_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index uploads_unused_by_owner on uploads (owner_id, created_at desc) where video_id is null;
create index uploads_by_age on uploads (state, created_at) where video_id is null;
create index uploads_receiving on uploads (id) where state = 'receiving';
create index uploads_being_read on uploads (sha256) where state in ('reading', 'making');
create index uploads_going on uploads (going_at) where going_at is not null;
create unique index uploads_by_import_key on uploads (owner_id, import_key) where import_key is not null;

create table assets (
  id text primary key,
  upload_id text not null unique,
  owner_id text not null,
  -- Null: nobody may fetch it any more.
  address text unique,
  sha256 text not null,
  duration_ms integer not null,
  width integer not null,
  height integer not null,
  has_sound boolean not null,
  thumbhash text,
  storyboard_count integer not null default 0,
  cover_at_ms integer,
  -- Set: every H.264 rung and the HLS package are made.
  improved_at timestamptz,
  created_at timestamptz not null
);
create index assets_by_content on assets (sha256);

-- Every file of an asset; what has no row is not served.
create table asset_files (
  asset_id text not null,
  name text not null,
  kind text not null check (kind in ('rendition', 'poster', 'preview', 'storyboard', 'hls')),
  bytes bigint not null,
  -- Strong entity tag: new with each file, since a file never changes under its name.
  tag text not null,
  rendition jsonb,
  primary key (asset_id, name)
);

-- Projection of posts' news: which video plays an asset, and how often it was viewed.
create table asset_videos (
  video_id text primary key,
  asset_id text not null,
  views bigint not null default 0,
  av1_ordered_at timestamptz
);
create index asset_videos_by_asset on asset_videos (asset_id);
