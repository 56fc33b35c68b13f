-- owner: sounds · lock: sounds (for a moment) · expand
-- Where it may be used was said by an operator: its owner does not change that.
alter table sounds add column markets_by_desk boolean not null default false;
