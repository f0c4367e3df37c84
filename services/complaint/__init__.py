"""One complaint's life: events, state, commands, decisions. Pure: no clock, no ids, no sealing, no input or output."""
