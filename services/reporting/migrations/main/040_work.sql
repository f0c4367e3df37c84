-- The work: what somebody has to rule on, what is planned for a date, what went from hand to hand.
alter table reporting.complaint add column to_rule boolean not null default false;
create index complaint_to_rule on reporting.complaint (city, received_at desc, complaint desc) where to_rule;
comment on column reporting.complaint.to_rule is 'a return, a wish for more time or too many bounces wait for a ruling';

alter table reporting.tally
    add column planned integer not null default 0,
    add column bounced integer not null default 0,
    add column to_rule integer not null default 0;

-- As before, and whether the work is planned for a date, which then stands as the due time.
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
        end as due,
        coalesce(m.waits_on, c.waits_on) = 'plan' as planned
    from reporting.complaint c left join reporting.complaint m on m.complaint = c.main;

insert into reporting.public_step (type) values
    ('complaint.planned'), ('complaint.plan_woke'), ('complaint.extension_ruled'), ('complaint.return_refused'),
    ('complaint.question_reminded'), ('complaint.question_lapsed');
