-- owner: sounds · lock: sounds (reads and writes wait while it is written anew) · expand
alter table sounds
  -- Null: of the library; `artist` is who is named with it then.
  alter column owner_id drop not null,
  add column original boolean not null default true,
  add column artist text,
  add column mood text,
  add column licence text not null default 'here' check (licence in ('here', 'mine', 'CC0-1.0', 'CC-BY-4.0')),
  -- Countries where it may be used; null: everywhere.
  add column markets text[],
  add column duration_ms integer not null default 0,
  -- What was found by listening: beats a minute, when it beats, ten peaks a second.
  add column tempo real,
  add column beats_ms integer[] not null default '{}',
  add column peaks bytea not null default '',
  -- Beginnings of the words of title and artist, and pairs of letters where words are not spaced.
  add column terms text[] not null default '{}',
  add column trend double precision not null default 0,
  add column withdrawn_at timestamptz,
  add column withdrawn_reason text check (withdrawn_reason in ('owner', 'rights', 'rules')),
  add column listed boolean not null
    generated always as (withdrawn_at is null and licence <> 'mine' and (uses > 0 or not original)) stored;
create index sounds_by_trend on sounds (trend desc, id desc) where listed;
create index sounds_by_age on sounds (created_at desc, id desc) where listed;
create index sounds_by_mood on sounds (mood, trend desc, id desc) where listed and mood is not null;
create index sounds_by_owner on sounds (owner_id, trend desc, id desc) where listed;
create index sounds_by_terms on sounds using gin (terms) where listed;
create index sounds_trending on sounds (id) where trend > 0;

create table sound_favourites (
  account_id text not null,
  sound_id text not null,
  marked_at timestamptz not null,
  primary key (account_id, sound_id)
);
create index sound_favourites_newest on sound_favourites (account_id, marked_at desc, sound_id desc);

-- Who has used a sound that is not their own: each person counts once for what is trending.
create table sound_users (
  sound_id text not null,
  account_id text not null,
  primary key (sound_id, account_id)
);
-- How many people used a sound for the first time on a day; days that no longer matter are dropped.
create table sound_days (
  sound_id text not null,
  day date not null,
  people integer not null,
  primary key (day, sound_id)
);
