-- owner: media · lock: uploads, for a moment (a column that may be null) · expand
-- What the engine measured of black, stillness, bars and silence: the checks before publishing are told from it.
alter table uploads add column findings jsonb;
