-- owner: experiments · lock: none (new tables) · expand
create table experiments (
  key text primary key,
  question text not null,
  state text not null check (state in ('draft', 'running', 'stopped')),
  -- In their order, the control first: [{"name", "share", "overrides"}]
  variants jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  started_at timestamptz,
  started_by text,
  stopped_at timestamptz,
  stopped_by text
);
