-- owner: posts · lock: videos, for moments (a column that may be null, a check made valid apart) · expand
alter table videos add column publish_at timestamptz;
alter table videos drop constraint videos_status_check;
alter table videos add constraint videos_status_check
  check (status in ('draft', 'scheduled', 'processing', 'published', 'refused')) not valid;
alter table videos validate constraint videos_status_check;
create index videos_scheduled on videos (publish_at, id) where status = 'scheduled' and deleted_at is null;
