"""What the bot is, does and keeps."""
