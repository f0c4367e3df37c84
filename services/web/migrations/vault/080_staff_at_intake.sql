-- The desk is intake's: it sees who is logged in, and can make neither an account nor a session.
grant usage on schema staff to tuntas_intake;
grant select (city, seat, holder, closed_at) on staff.account to tuntas_intake;
grant select on staff.session to tuntas_intake;
grant update (seen_at, expires_at) on staff.session to tuntas_intake;
