"""The fit quiz."""
