"""What is remembered beyond a conversation. Knows nothing of Discord."""
