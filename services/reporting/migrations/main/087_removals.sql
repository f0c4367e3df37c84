-- Work that was shown in public, does not hold any more, and can only be taken away by the account's own people.
alter table reporting.complaint add column to_remove boolean not null default false;
create index complaint_to_remove on reporting.complaint (city) where to_remove;
