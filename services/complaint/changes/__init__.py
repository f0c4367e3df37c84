"""How each kind of event changes the state: pure, called by `evolve`."""
