"""What a message in a chat means for the person's complaints: pure rules over what is known of the chat."""
