"""An SMS gateway over HTTP, in the generic form that a city configures."""
