-- owner: taste · lock: none (new tables) · expand
-- Null: never said, so that a guest's word holds when they become a member who said nothing.
create table taste_settings (
  viewer_id text primary key,
  profiling boolean,
  learning boolean,
  hide_ai_made boolean,
  muted_words text[] not null,
  muted_tags text[] not null
);

create table taste_leanings (
  viewer_id text not null,
  kind text not null check (kind in ('topic', 'creator', 'sound')),
  key text not null,
  level smallint not null check (level between -2 and 2 and level <> 0),
  said_at timestamptz not null,
  primary key (viewer_id, kind, key)
);
