-- owner: desk · lock: none (new tables) · expand
-- How far the log of signals has been counted. One row, which whoever counts holds until it commits.
create table health_cursor (
  one boolean primary key default true check (one),
  seq bigint not null,
  counted_at timestamptz
);
insert into health_cursor (seq) values (0);

-- Sums of one hour: of For You as a whole (slice ''), or of one variant of an experiment ('key:variant').
create table health_hours (
  hour timestamptz not null,
  slice text not null,
  sums jsonb not null,
  -- HyperLogLog: which videos were served, which creators were seen.
  videos bytea not null,
  creators bytea not null,
  primary key (slice, hour)
);

-- How often a creator was watched, as far as the log has been counted: who is new.
create table health_creators (
  author_id text primary key,
  views bigint not null
);

-- Which creators a viewer has seen, as sorted 32-bit hashes: what is novel to them.
create table health_viewers (
  viewer_id text primary key,
  creators bytea not null
);

create table experiment_viewers (
  experiment text not null,
  variant text not null,
  viewer_id text not null,
  served bigint not null,
  seen bigint not null,
  watched_ms bigint not null,
  value double precision not null,
  skips bigint not null,
  likes bigint not null,
  shares bigint not null,
  follows bigint not null,
  hides bigint not null,
  primary key (experiment, variant, viewer_id)
);
create index experiment_viewers_by_viewer on experiment_viewers (viewer_id);
