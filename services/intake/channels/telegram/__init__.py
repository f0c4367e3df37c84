"""Telegram Bot API: updates in (`translate`), proof that they are Telegram's (`webhook`), files (`files`)."""
