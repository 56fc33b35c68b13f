-- owner: signals · lock: exclusive for a moment (no table is rewritten) · expand
-- The author watching their own video: counts for nothing. Of rows from before, nobody knows.
alter table signals add column own boolean not null default false;
-- What the browser asked for first: de-AT, de.
alter table signals add column locale text;
