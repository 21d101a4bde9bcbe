"""Matching a question to the knowledge. Pure: no Discord, no network, no clock; works on any `KnowledgeBase`."""
