-- Which complaints came up in a LIVE session?
alter table reporting.complaint add column session text;
create index complaint_by_session on reporting.complaint (session, received_at desc, complaint desc)
    where session is not null;

insert into reporting.public_step (type) values ('complaint.answered_on_air') on conflict do nothing;
