-- owner: signals · lock: none (new tables) · expand
create sequence signal_seq;

-- Append-only. The day is that of the impression's serving: a signal sent again has the same day, so the key is exact.
create table signals (
  served_on date not null,
  id uuid not null,
  seq bigint not null,
  kind text not null,
  viewer_id text not null,
  served_to text not null,
  video_id text not null,
  author_id text not null,
  page_id text not null,
  position smallint not null,
  source text not null,
  exploration boolean not null,
  duration_ms integer not null,
  happened_at timestamptz not null,
  stored_at timestamptz not null,
  watched_ms integer not null,
  loops integer not null,
  added_ms integer not null,
  says_new boolean not null,
  counts_view boolean not null,
  counts_share boolean not null,
  pauses integer,
  seeks integer,
  muted boolean,
  first_frame_ms integer,
  stalled_ms integer,
  -- In this order, so that the planner has no way to read a whole day by its key.
  primary key (id, served_on)
) partition by range (served_on);
create index signals_by_seq on signals (seq);
create index signals_by_impression on signals (served_to, video_id);

-- What happened to viewers, in the same order as the signals: joined into another, or (null) forgotten.
create table viewer_changes (
  seq bigint primary key,
  viewer_id text not null,
  into_viewer_id text,
  changed_at timestamptz not null,
  unique (viewer_id, into_viewer_id)
);

create table view_counts (
  video_id text primary key,
  views bigint not null,
  shares bigint not null
);

create table view_days (
  day date primary key,
  views bigint not null
);
