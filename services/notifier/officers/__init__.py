"""What holders of seats hear on their confirmed numbers: tasks, words, clocks, and answers in their chats."""
