-- What waited for the same hour goes out as one message: the first carries the others.
alter table delivery.notice
    add column within text,                              -- the notice that told of this one, too
    add column carries boolean not null default false;   -- others are told of in this one
create index notice_within on delivery.notice (within) where within is not null;
