"""E-mail: a raw message as ours (`translate`), what machines send (`automatic`), a mailbox emptied (`imap`)."""
