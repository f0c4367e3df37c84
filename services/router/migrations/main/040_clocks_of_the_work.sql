-- Questions have a reminder and an end, plans a date, sub-tasks a clock. Which clocks there are stands in the code.
alter table router.clock drop constraint if exists clock_clock_check;
