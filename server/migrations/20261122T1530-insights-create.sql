-- owner: insights · lock: none (new tables) · expand
-- How far the log of signals has been rolled up. One row, which whoever writes sums holds until it commits.
create table insight_cursor (
  one boolean primary key default true check (one),
  seq bigint not null,
  counted_at timestamptz
);
insert into insight_cursor (seq) values (0);

-- Sums of one day of serving (UTC): of a video, or of all videos of an account (subject = author_id).
-- The day 0001-01-01 is a video's whole life.
create table insight_days (
  subject text not null,
  day date not null,
  author_id text not null,
  -- Beside the sums, so that an index alone can say which videos were watched most.
  views bigint not null,
  sums jsonb not null,
  -- Views by hour of the day; null once the day is a month old.
  hours jsonb,
  -- Languages and regions, each with its views and who is in it until that is enough to be told.
  crowds jsonb not null,
  -- HyperLogLog of who viewed.
  viewers bytea not null,
  primary key (subject, day)
);
create index insight_days_by_author on insight_days (author_id, day) include (subject, views);
create index insight_days_by_day on insight_days (day);
create index insight_days_with_hours on insight_days (day) where hours is not null;

-- Followers of an account at the end of a day, and at its begin; days on which nothing changed are absent.
create table insight_followers (
  account_id text not null,
  day date not null,
  before integer not null,
  followers integer not null,
  primary key (account_id, day)
);
create index insight_followers_by_day on insight_followers (day);
