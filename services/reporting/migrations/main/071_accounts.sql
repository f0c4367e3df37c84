-- Which complaints came by an account of the city that somebody else had?
alter table reporting.complaint add column lost_door text;
create index complaint_by_lost_door on reporting.complaint (city, lost_door, received_at desc, complaint desc)
    where lost_door is not null and open;
