-- What every file that came in is known again by. Not in the log: a fingerprint goes with its reporter's erasure.
-- `digest`: keyed, of the content. `hash`: 64 bits that stay nearly the same in a re-compressed or resized copy; null
-- for what is no picture or too plain. Two that differ in at most 11 bits agree in one of four bands but for 2 bits, so
-- looking for near ones asks each band's index for a few hundred values instead of every picture of the city.
create table intake.picture (
    reference text primary key,
    city text not null,
    complaint text,
    party text,
    digest text not null,
    hash bigint,
    band0 integer generated always as ((hash & 65535)::integer) stored,
    band1 integer generated always as (((hash >> 16) & 65535)::integer) stored,
    band2 integer generated always as (((hash >> 32) & 65535)::integer) stored,
    band3 integer generated always as (((hash >> 48) & 65535)::integer) stored,
    at timestamptz not null default now(),
    check ((complaint is null) = (party is null))
);
create index picture_digest on intake.picture (digest);
create index picture_complaint on intake.picture (complaint) where complaint is not null;
create index picture_band0 on intake.picture (city, band0) where hash is not null;
create index picture_band1 on intake.picture (city, band1) where hash is not null;
create index picture_band2 on intake.picture (city, band2) where hash is not null;
create index picture_band3 on intake.picture (city, band3) where hash is not null;

-- When the camera says the picture was taken: ISO 8601, local time unless it wrote its offset.
alter table intake.upload add column taken_at text;

grant select, insert, delete on intake.picture to tuntas_intake;
grant select on intake.picture to tuntas_router;
