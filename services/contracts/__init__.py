"""What every room, adapter and agency agrees on: envelope, subjects, messages. Pure: stdlib and pydantic."""
