"""Built-in senders, one folder for each provider. A sender knows a provider's API and nothing of complaints."""
