"""Telegram Bot API: text with buttons to one chat."""
