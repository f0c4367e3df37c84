-- Clocks have more names than the first table knew (`escalate.<clock>`: a breach goes up the line); the complaint's
-- events say which there are, so the table no longer does.
alter table router.clock drop constraint if exists clock_clock_check;

-- Since when a seat has had a complaint on its desk, by our clock: what tells an unread queue.
alter table router.work add column since timestamptz not null default now();
create index work_by_age on router.work (city, seat, since);
