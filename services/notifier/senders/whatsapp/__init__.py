"""WhatsApp Cloud API: free text, reply buttons and approved templates to one person."""
