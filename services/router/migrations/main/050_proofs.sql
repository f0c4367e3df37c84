-- Which uploaded picture was shown as proof in which complaint, and in which round last. Follows from the log.
create table router.proof (
    reference text not null,
    complaint text not null,
    city text not null,
    round integer not null,
    primary key (reference, complaint)
);

grant select, insert, update, delete on router.proof to tuntas_router;
