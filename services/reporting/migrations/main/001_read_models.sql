-- Read models of the pages. Rebuildable: `python -m services.reporting.rebuild` fills reporting_next and swaps.
create schema if not exists reporting;
create schema if not exists reporting_next;
create schema if not exists reporting_last;

create table reporting.checkpoint (
    name text primary key,
    sequence bigint not null,
    at timestamptz not null
);

-- What happened to this complaint, step by step? `data` holds sealed values as they lie in the log.
create table reporting.step (
    complaint text not null,
    n integer not null,
    type text not null,
    schema smallint not null,
    at timestamptz not null,
    seat text,
    trace text,
    event text not null,
    primary key (complaint, n)
);
comment on column reporting.step.event is 'the event as stored in the log, JSON';
comment on column reporting.step.seat is 'the office that acted, or that leads from here on';

-- Which complaints are open, late, waiting for whom? `card` is what folding the next event needs.
create table reporting.complaint (
    complaint text primary key,
    city text not null,
    ticket text not null,
    n integer not null,
    phase text not null,
    open boolean not null,
    late boolean not null,
    urgency smallint not null,
    confidentiality text not null,
    category text,
    district text,
    ward text,
    lead text,
    waits_on text not null,
    received_at timestamptz not null,
    due timestamptz,
    ended text,
    expected_end timestamptz,
    card text not null
);
create unique index complaint_by_ticket on reporting.complaint (ticket);
create index complaint_by_time on reporting.complaint (city, received_at desc, complaint desc);
create index complaint_by_phase on reporting.complaint (city, phase, received_at desc, complaint desc);
create index complaint_open on reporting.complaint (city, received_at desc, complaint desc) where open;
create index complaint_late on reporting.complaint (city, due, complaint) where open and late;
create index complaint_by_ward on reporting.complaint (city, ward, received_at desc, complaint desc);
create index complaint_by_category on reporting.complaint (city, category, received_at desc, complaint desc);
create index complaint_to_screen on reporting.complaint (city, urgency desc, received_at, complaint)
    where phase = 'screening';

create table reporting.holding (
    complaint text not null,
    seat text not null,
    city text not null,
    role text not null,
    open boolean not null,
    late boolean not null,
    received_at timestamptz not null,
    due timestamptz,
    primary key (complaint, seat)
);
create index holding_by_seat on reporting.holding (city, seat, received_at desc, complaint desc);
create index holding_open on reporting.holding (city, seat, received_at desc, complaint desc) where open;
create index holding_late on reporting.holding (city, seat, due, complaint) where open and late;

-- How many, per city, office, kelurahan and category, and how did they end?
create table reporting.tally (
    city text not null,
    scope text not null,
    key text not null,
    received integer not null,
    screening integer not null,
    working integer not null,
    waiting_reporter integer not null,
    late integer not null,
    resolved integer not null,
    confirmed integer not null,
    silent integer not null,
    answered_on_air integer not null,
    unreachable integer not null,
    withdrawn integer not null,
    reopened integer not null,
    without_proof integer not null,
    primary key (city, scope, key)
);

-- What anyone with the ticket may see: progress only, no word and no place of anybody.
create view reporting.tracking as
    select ticket, city, phase, received_at, ended, expected_end, waits_on = 'reporter' as asks_reporter,
        case when confidentiality = 'secret' then null else lead end as lead,
        case when open and not late and waits_on <> 'reporter' then due end as due
    from reporting.complaint;
create view reporting.tracking_step as
    select c.ticket, s.n, s.type, s.at, case when c.confidentiality = 'secret' then null else s.seat end as seat
    from reporting.step s join reporting.complaint c using (complaint)
    where s.type in (
        'complaint.received', 'complaint.screened', 'complaint.assigned', 'complaint.accepted', 'complaint.progressed',
        'complaint.visited', 'complaint.question_asked', 'complaint.question_answered', 'complaint.handed_off',
        'complaint.replied', 'complaint.resolved', 'complaint.confirmed', 'complaint.reopened', 'complaint.closed',
        'complaint.withdrawn'
    );

grant usage on schema reporting, reporting_next to tuntas_reporting;
grant select, insert, update, delete on reporting.checkpoint, reporting.step, reporting.complaint, reporting.holding,
    reporting.tally to tuntas_reporting;
grant usage on schema reporting to tuntas_public;
grant select on reporting.tracking, reporting.tracking_step to tuntas_public;

-- A rebuild fills empty tables beside the live ones and swaps them in one transaction. The service owns no table: it
-- may only call these two.
create function reporting.prepare_next() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    name text;
begin
    foreach name in array array['checkpoint', 'step', 'complaint', 'holding', 'tally'] loop
        execute format('drop table if exists reporting_next.%I', name);
        execute format('create table reporting_next.%I (like reporting.%I including all)', name, name);
        execute format('grant select, insert, update, delete on reporting_next.%I to tuntas_reporting', name);
    end loop;
end
$$;

create function reporting.swap_next() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    name text;
    -- Views hold on to the tables that they were made over, so they are made again over the new ones.
    tracking text := pg_get_viewdef('reporting.tracking'::regclass);
    tracking_step text := pg_get_viewdef('reporting.tracking_step'::regclass);
begin
    foreach name in array array['checkpoint', 'step', 'complaint', 'holding', 'tally'] loop
        execute format('alter table reporting.%I set schema reporting_last', name);
        execute format('alter table reporting_next.%I set schema reporting', name);
    end loop;
    execute 'create or replace view reporting.tracking as ' || tracking;
    execute 'create or replace view reporting.tracking_step as ' || tracking_step;
    foreach name in array array['checkpoint', 'step', 'complaint', 'holding', 'tally'] loop
        execute format('drop table reporting_last.%I', name);
    end loop;
end
$$;

revoke all on function reporting.prepare_next(), reporting.swap_next() from public;
grant execute on function reporting.prepare_next(), reporting.swap_next() to tuntas_reporting;
