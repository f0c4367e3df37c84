"""Effects that know nothing of complaints: log, following, vault and sealing, Postgres, blobs, telemetry, health."""
