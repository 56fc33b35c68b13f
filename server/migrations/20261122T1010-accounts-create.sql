-- owner: accounts · lock: none (new tables) · expand
-- auth_*: the models of better-auth, one table each.
create table auth_users (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- What the person asked for when signing up: a person can be made from it even after a kill in between.
  wished_handle text,
  language text,
  guest_viewer_id text
);
create table auth_sessions (
  id text primary key,
  token text not null unique,
  user_id text not null references auth_users (id) on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_sessions_by_user on auth_sessions (user_id);
create table auth_accounts (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth_users (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_accounts_by_user on auth_accounts (user_id);
create table auth_verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_verifications_by_identifier on auth_verifications (identifier);
create index auth_verifications_by_value on auth_verifications (value);

create table people (
  account_id text primary key,
  viewer_id text not null unique,
  handle text not null unique,
  -- What the handle looks like (Unicode UTS 39): two people never have handles that look the same.
  skeleton text not null unique,
  display_name text not null,
  bio text not null default '',
  language text,
  birth_date date,
  role text not null default 'member' check (role in ('member', 'operator')),
  avatar_version text,
  -- The handle asked for when a demo person was made; null: a member.
  demo_handle text unique,
  created_at timestamptz not null
);
create index people_operators on people (account_id) where role = 'operator';

-- A guest's taste is joined to a member's viewer once.
create table viewer_joins (
  from_viewer_id text primary key,
  to_viewer_id text not null,
  joined_at timestamptz not null
);

-- At most one row: the hash of the token that makes the first operator.
create table operator_claims (
  id smallint primary key check (id = 1),
  token_hash text not null,
  created_at timestamptz not null
);
