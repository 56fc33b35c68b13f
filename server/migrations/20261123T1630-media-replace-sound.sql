-- owner: media · lock: uploads, assets, asset_files (reads and writes wait while the names of kinds are checked) · expand
-- A track that is to take the place of the sound in the file; empty: none is; null: nothing is to be done.
alter table uploads add column sound_due text;
-- How often its sound was taken or replaced: part of the names of its files, which never change under a name.
alter table assets add column sound_no smallint not null default 0;
alter table asset_files drop constraint asset_files_kind_check;
alter table asset_files add constraint asset_files_kind_check
  check (kind in ('rendition', 'poster', 'preview', 'storyboard', 'hls', 'sound'));
