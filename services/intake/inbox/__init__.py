"""From a message at the door to the complaint's log: whose chat, which complaint, what is answered."""
