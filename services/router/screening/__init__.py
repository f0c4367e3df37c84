"""What a message is about, by rules that say why. Pure."""
