"""One module per subject, one function per command: from the state and the command to events, or a refusal."""
