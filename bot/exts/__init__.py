"""The bot's features, one folder each. They do not know each other; what two of them need arrives as an argument."""
