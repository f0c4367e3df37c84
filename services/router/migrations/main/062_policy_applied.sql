-- Which policy versions have been put to all complaints that were open. Without a row it is done again, which changes
-- nothing where it was done.
create table router.policy_applied (
    city text not null,
    version integer not null,
    at timestamptz not null,
    primary key (city, version)
);
grant select, insert, update, delete on router.policy_applied to tuntas_router;
