-- owner: packs · lock: none (new tables) · expand
create table sticker_packs (
  key text primary key,
  names jsonb not null,
  -- Empty: everywhere.
  markets text[] not null,
  season jsonb not null,
  position integer not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  is_starter boolean not null
);

-- A drawing never changes, and its key is never given to another: drafts out there name it.
create table pack_stickers (
  key text primary key,
  pack_key text not null references sticker_packs (key) on delete cascade,
  name text not null,
  names jsonb not null,
  svg text not null,
  position integer not null,
  removed_at timestamptz
);
create index pack_stickers_by_pack on pack_stickers (pack_key, position);

create table pack_deeds (
  id bigint generated always as identity primary key,
  pack_key text not null references sticker_packs (key) on delete cascade,
  at timestamptz not null,
  by_account text,
  what text not null,
  sticker text,
  details jsonb
);
create index pack_deeds_by_pack on pack_deeds (pack_key, id desc);

-- One row: the market of this server.
create table pack_market (
  one boolean primary key default true check (one),
  market text
);
insert into pack_market (market) values (null);
