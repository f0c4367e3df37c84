-- What an adapter has in its queue: nobody is told before it took it from there, and one that it leaves lying goes another
-- way; see services/notifier/handed.py. Notices that were handed over before this carry no sequence and count as told.
alter table delivery.notice
    add column handed bigint,            -- sequence in OUTBOUND
    add column take_by timestamptz;      -- after this the adapter may not send it any more
create index notice_handed on delivery.notice (next_at) where status = 'published' and handed is not null;
