"""A door that is silent when it never is: a number that was blocked, a webhook that nobody calls, a full mailbox."""
