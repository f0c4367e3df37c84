-- The router asks when somebody of a seat last looked at a page: an unread queue makes a seat count as vacant.
grant usage on schema staff to tuntas_router;
grant select (city, seat, seen_at) on staff.session to tuntas_router;
