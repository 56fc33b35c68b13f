-- owner: comments · lock: none (new tables) · expand
create table comments (
  id text primary key,
  video_id text not null,
  author_id text not null,
  -- Made in the browser: the same request twice is one comment.
  key uuid not null,
  -- The comment that this one answers; one level deep.
  parent_id text,
  body text not null,
  entities jsonb not null,
  tags text[] not null,
  -- Replies that are there.
  replies integer not null default 0,
  created_at timestamptz not null,
  -- Set: a tombstone without words, so that deleting and sending again answer the same.
  deleted_at timestamptz,
  unique (author_id, key)
);
create index comments_newest on comments (video_id, created_at desc, id desc)
  where parent_id is null and deleted_at is null;
create index comments_replies on comments (parent_id, created_at, id)
  where parent_id is not null and deleted_at is null;
create index comments_by_video on comments (video_id);

-- The sum of what is there, changed with the rows.
create table comment_counts (
  video_id text primary key,
  comments integer not null
);
-- A comment that comes after the news that its video is gone finds it here.
create table comments_closed (
  video_id text primary key,
  closed_at timestamptz not null
);
