"""The fit quiz, pure: scores, fairness, progress in a custom_id. Knows no Discord, no pictures and no clock."""
