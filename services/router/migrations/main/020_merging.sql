-- Main complaints that something happened in which the reporters of the merged ones have not all heard yet, or that were
-- merged themselves with others under them. A hint of what to look at: what is heard is decided on the log.
create table router.matter (
    complaint text primary key,
    city text not null,
    wanted integer not null,
    done integer not null default 0,
    next_at timestamptz not null,
    told_at timestamptz
);
create index matter_waits on router.matter (next_at) where done < wanted;
comment on column router.matter.wanted is 'n of the event that asks for a look';
comment on column router.matter.told_at is 'when the others were last told of progress: a cluster has a budget';

grant select, insert, update, delete on router.matter to tuntas_router;
