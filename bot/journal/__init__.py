"""What is remembered beyond a conversation, in a database. Knows nothing of Discord."""
