-- What may be about a life at risk is looked at before what is only urgent.
alter table reporting.complaint add column perhaps_danger boolean not null default false;
drop index reporting.complaint_to_screen;
create index complaint_to_screen
    on reporting.complaint (city, urgency desc, perhaps_danger desc, received_at, complaint) where phase = 'screening';
