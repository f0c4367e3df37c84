-- Reporters whom no message reaches: the desk is to call them.
alter table reporting.complaint add column to_call boolean not null default false;
create index complaint_to_call on reporting.complaint (city, received_at desc, complaint desc) where to_call;
