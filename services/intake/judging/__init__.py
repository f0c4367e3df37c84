"""How well conversations are understood: scripted chats run through the rules that the door decides by. Pure."""
