-- owner: posts · lock: videos is not written to while a column is added and filled, short · expand
alter table videos
  add column comments_from text not null default 'everyone'
    check (comments_from in ('everyone', 'followers', 'nobody')),
  -- Who knows the new column may leave the old one to itself.
  alter column comments_allowed set default true;
update videos set comments_from = 'nobody' where not comments_allowed;

-- Earlier wordings speak of the choice by its name of now.
update video_edits
  set before = (before - 'commentsAllowed') || jsonb_build_object(
    'commentsFrom', case when (before ->> 'commentsAllowed')::boolean then 'everyone' else 'nobody' end)
  where before ? 'commentsAllowed';

-- What an account says of its new videos; without a row: everyone.
create table commenting_defaults (
  account_id text primary key,
  comments_from text not null check (comments_from in ('everyone', 'followers', 'nobody'))
);
