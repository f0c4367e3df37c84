-- The sweeper looks every second. A queue of a whole surge waits as `queued`, and that must cost nobody a walk along it:
-- each of its questions has its own few rows.
drop index delivery.notice_waits;
create index notice_waits on delivery.notice (status, next_at) where status in ('deferred', 'sending', 'unknown');
create index notice_queued on delivery.notice (city, way, next_at) where status = 'queued';
