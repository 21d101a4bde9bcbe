"""Knowledge and replies → what members see. Knows Discord's components, but no commands and no client."""
