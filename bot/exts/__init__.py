"""The bot's features, one file each, thin: parse, call the core, render. Cogs do not know each other."""
