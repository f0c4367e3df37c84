-- Honest closing: who is asked to sign, what chance drew, and the two pictures that a person cleared for everybody.
alter table reporting.complaint
    add column signs text,
    add column audit text,
    add column shown_before text,
    add column shown_after text;
create index complaint_to_sign on reporting.complaint (city, signs, received_at desc, complaint desc)
    where signs is not null;
create index complaint_to_audit on reporting.complaint (city, received_at desc, complaint desc) where audit = 'drawn';
comment on column reporting.complaint.signs is 'the seat that is asked to look before the reporter is';
comment on column reporting.complaint.shown_before is 'a picture of the reporter that a person cleared for everybody';

alter table reporting.tally
    add column flagged integer not null default 0,
    add column to_sign integer not null default 0,
    add column not_signed integer not null default 0,
    add column audited integer not null default 0,
    add column audit_failed integer not null default 0;

-- What anyone with the ticket may see: nothing of a secret matter, nothing that was erased.
create view reporting.tracking_picture as
    select ticket, city, shown_before, shown_after from reporting.complaint
    where confidentiality <> 'secret' and (shown_before is not null or shown_after is not null);
grant select on reporting.tracking_picture to tuntas_public;

-- A reopening after an audit is not the reporter's word.
create or replace view reporting.tracking_step as
    select c.ticket, s.n,
        case
            when s.type = 'complaint.reopened' and s.event like '%"party":"handling"%'
            then 'complaint.reopened_by_audit' else s.type
        end as type,
        s.at, case when c.confidentiality = 'secret' then null else s.seat end as seat
    from reporting.step s join reporting.complaint c using (complaint) join reporting.public_step p using (type);

-- As before, for every view there is: they hold on to the tables that they were made over.
create or replace function reporting.swap_next() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    name text;
    shown record;
    views text[] := array(select viewname from pg_views where schemaname = 'reporting' order by viewname);
    bodies text[] := array(select definition from pg_views where schemaname = 'reporting' order by viewname);
begin
    foreach name in array array['checkpoint', 'step', 'complaint', 'holding', 'tally'] loop
        execute format('alter table reporting.%I set schema reporting_last', name);
        execute format('alter table reporting_next.%I set schema reporting', name);
    end loop;
    for shown in select unnest(views) as name, unnest(bodies) as body loop
        execute format('create or replace view reporting.%I as %s', shown.name, shown.body);
    end loop;
    foreach name in array array['checkpoint', 'step', 'complaint', 'holding', 'tally'] loop
        execute format('drop table reporting_last.%I', name);
    end loop;
end
$$;
