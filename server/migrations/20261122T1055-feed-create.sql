-- owner: feed · lock: none (new tables) · expand
-- One row per page served, never changed: a session serves no video twice, and "why this video" has an answer.
create table feed_pages (
  session_id text not null,
  page integer not null,
  page_id text not null,
  viewer_id text not null,
  served_at timestamptz not null,
  model text not null,
  video_ids text[] not null,
  choices jsonb not null,
  primary key (session_id, page)
);
create index feed_pages_by_time on feed_pages (served_at);
