"""The curated knowledge: strict YAML → a valid, immutable `KnowledgeBase`. Pure: no Discord, no network, no clock."""
