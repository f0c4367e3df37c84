-- What had ended at another system before it came here: a figure of its own.
alter table reporting.tally add column elsewhere integer not null default 0;
