"""The curated knowledge: strict YAML → a validated, immutable `KnowledgeBase`. Pure: no Discord, no network, no clock."""
