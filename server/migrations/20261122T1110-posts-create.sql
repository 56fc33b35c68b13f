-- owner: posts · lock: none (new tables) · expand
create table videos (
  id text primary key,
  author_id text not null,
  -- One upload is one video, whoever asks how often.
  upload_id text not null unique,
  asset_id text,
  status text not null check (status in ('processing', 'published', 'refused')),
  refusal_code text,
  refusal_details jsonb,
  caption text not null,
  entities jsonb not null,
  tags text[] not null,
  language text,
  -- The author named the language: it is not detected again.
  language_given boolean not null,
  topics text[] not null,
  audience text not null check (audience in ('everyone', 'followers', 'me')),
  comments_allowed boolean not null,
  advertising boolean not null,
  ai_made boolean not null,
  demo boolean not null,
  cues jsonb,
  sound_id text,
  owns_sound boolean not null default false,
  sound_title text,
  duration_ms integer,
  edited boolean not null default false,
  -- The audience got narrower: the media must move to a new address.
  renew_address boolean not null default false,
  created_at timestamptz not null,
  published_at timestamptz,
  -- Set: a tombstone. The row stays, so that a late event does not raise the dead; its words are gone.
  deleted_at timestamptz
);
create index videos_by_author on videos (author_id, created_at desc, id desc) where deleted_at is null;
create index videos_published_by_author on videos (author_id, published_at desc, id desc)
  where status = 'published' and deleted_at is null;
create index videos_by_sound on videos (sound_id, published_at desc, id desc)
  where status = 'published' and audience = 'everyone' and deleted_at is null;
create index videos_published on videos (published_at, id) where status = 'published' and deleted_at is null;
create index videos_demo on videos (id) where demo and deleted_at is null;

create table video_edits (
  id bigint generated always as identity primary key,
  video_id text not null,
  at timestamptz not null,
  before jsonb not null
);
create index video_edits_by_video on video_edits (video_id, id desc);

-- Of videos that are published for everyone, only: the pages of tags are public.
create table video_tags (
  tag text not null,
  published_at timestamptz not null,
  video_id text not null,
  primary key (tag, published_at, video_id)
);
create index video_tags_by_video on video_tags (video_id);

create table video_mentions (
  video_id text not null,
  account_id text not null,
  primary key (video_id, account_id)
);
create index video_mentions_by_account on video_mentions (account_id, video_id);
