"""What the command line prints: tables, and JSON Lines. Knows no Discord."""
