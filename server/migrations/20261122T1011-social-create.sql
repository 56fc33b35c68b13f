-- owner: social · lock: none (new tables) · expand
create table follows (
  follower_id text not null,
  followed_id text not null,
  followed_at timestamptz not null,
  primary key (follower_id, followed_id),
  check (follower_id <> followed_id)
);
create index follows_newest on follows (follower_id, followed_at desc);
create index follows_by_followed on follows (followed_id);
create table follow_counts (
  account_id text primary key,
  followers integer not null default 0,
  following integer not null default 0
);

create table likes (
  video_id text not null,
  account_id text not null,
  author_id text not null,
  liked_at timestamptz not null,
  primary key (video_id, account_id)
);
create index likes_by_account on likes (account_id);
create table like_counts (
  video_id text primary key,
  author_id text not null,
  likes integer not null default 0
);
-- Likes on all videos of an author: a projection of like_counts.
create table likes_received (
  author_id text primary key,
  likes integer not null default 0
);
-- A like that comes after the news that its video is gone finds it here.
create table likes_closed (
  video_id text primary key,
  closed_at timestamptz not null
);
