"""The facade over the knowledge: (question, conversation) → reply. Pure: no Discord, no network, no clock."""
