"""The moderators' work on the knowledge: open questions, edits, history."""
