"""Starts NATS, Postgres and the four services as child processes that cannot outlive us."""
