"""Officers who work from their own chats: who they are, what they want, and what becomes of it."""
