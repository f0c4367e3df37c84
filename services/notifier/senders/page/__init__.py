"""A Facebook page or an Instagram account: chat, private reply to a comment, public reply under it."""
