-- Merged matters: which complaint is handled under which, which may be a second report of another.
alter table reporting.complaint add column main text;
alter table reporting.complaint add column alike boolean not null default false;
create index complaint_by_main on reporting.complaint (main, received_at, complaint) where main is not null;
create index complaint_alike on reporting.complaint (city, received_at desc, complaint desc) where alike;
comment on column reporting.complaint.main is 'the complaint that this one is handled under';
comment on column reporting.complaint.alike is 'the machine has proposed another as the same matter, and nobody has ruled';

alter table reporting.tally add column merged integer not null default 0;

-- Who has the ticket of a merged complaint sees how the matter stands, and no other ticket.
create or replace view reporting.tracking as
    select c.ticket, c.city,
        case
            when c.phase <> 'merged' then c.phase
            when c.waits_on = 'nobody' then 'closed'
            when c.waits_on = 'word' then 'resolved'
            when m.phase = 'screening' then 'screening'
            else 'working'
        end as phase,
        c.received_at, c.ended, coalesce(c.expected_end, m.expected_end) as expected_end,
        c.waits_on = 'reporter' as asks_reporter,
        case
            when c.confidentiality = 'secret' or m.confidentiality = 'secret' then null
            else coalesce(c.lead, m.lead)
        end as lead,
        case
            when c.phase = 'merged' then case when m.open and not m.late and m.waits_on <> 'reporter' then m.due end
            when c.open and not c.late and c.waits_on <> 'reporter' then c.due
        end as due
    from reporting.complaint c left join reporting.complaint m on m.complaint = c.main;

-- Which steps a ticket shows; a later migration adds a row for each new one.
create table reporting.public_step (type text primary key);
insert into reporting.public_step (type) values
    ('complaint.received'), ('complaint.screened'), ('complaint.assigned'), ('complaint.accepted'),
    ('complaint.progressed'), ('complaint.visited'), ('complaint.question_asked'), ('complaint.question_answered'),
    ('complaint.handed_off'), ('complaint.replied'), ('complaint.resolved'), ('complaint.confirmed'),
    ('complaint.reopened'), ('complaint.closed'), ('complaint.withdrawn'),
    ('complaint.merged'), ('complaint.unmerged'), ('complaint.matter_advanced'), ('complaint.matter_resolved');

create or replace view reporting.tracking_step as
    select c.ticket, s.n, s.type, s.at, case when c.confidentiality = 'secret' then null else s.seat end as seat
    from reporting.step s join reporting.complaint c using (complaint) join reporting.public_step p using (type);
