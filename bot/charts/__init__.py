"""Figures → PNG, in the colours of Discord's dark mode, readable on a phone. Knows no Discord."""
