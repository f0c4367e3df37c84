-- A rebuild fills its tables with primary keys alone and makes the other indexes when they are full: each once, sorted,
-- instead of entry by entry. They get the names of the live ones.
create or replace function reporting.prepare_next() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    name text;
    fixed record;
begin
    foreach name in array array['checkpoint', 'step', 'complaint', 'holding', 'tally'] loop
        execute format('drop table if exists reporting_next.%I', name);
        execute format('create table reporting_next.%I (like reporting.%I including all excluding indexes)', name, name);
        for fixed in select conname, pg_get_constraintdef(oid) as body from pg_constraint
            where conrelid = format('reporting.%I', name)::regclass and contype = 'p' loop
            execute format('alter table reporting_next.%I add constraint %I %s', name, fixed.conname, fixed.body);
        end loop;
        execute format('grant select, insert, update, delete on reporting_next.%I to tuntas_reporting', name);
    end loop;
end
$$;

create function reporting.index_next() returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare
    made record;
begin
    for made in select pg_get_indexdef(i.indexrelid) as body from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relnamespace = 'reporting'::regnamespace
            and c.relname = any (array['checkpoint', 'step', 'complaint', 'holding', 'tally'])
            and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid) loop
        execute regexp_replace(made.body, ' ON reporting\.', ' ON reporting_next.');
    end loop;
    -- Without figures the first queries after the swap would be planned blindly.
    analyze reporting_next.step, reporting_next.complaint, reporting_next.holding, reporting_next.tally;
end
$$;

revoke all on function reporting.index_next() from public;
grant execute on function reporting.index_next() to tuntas_reporting;
