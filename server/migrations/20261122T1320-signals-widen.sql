-- owner: signals · lock: exclusive for a moment (no table is rewritten) · expand
-- False: the viewer had learning paused when it was kept; it counts, and only that the video was met is remembered.
alter table signals add column teaches boolean not null default true;
-- With no viewer to join: the taste was reset, and what was seen stays seen.
alter table viewer_changes add column keeps_seen boolean not null default false;
