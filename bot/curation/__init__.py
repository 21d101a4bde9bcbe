"""Keeping the knowledge alive: watch, reload, propose, save, undo. Knows nothing of Discord."""
