"""WhatsApp Cloud API (Meta): webhooks in (`translate`), signatures and the handshake (`signature`), files (`graph`)."""
