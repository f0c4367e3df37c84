"""What WhatsApp, Facebook and Instagram share as Meta's: how webhooks are signed, how direct messages look."""
