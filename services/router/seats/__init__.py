"""Who sits on a seat, whether anybody does, and who acts for a vacant one."""
