-- owner: media · lock: assets (reads and writes wait for a moment) · expand
-- Set: its sound was taken away for good, from every file.
alter table assets add column silenced_at timestamptz;
