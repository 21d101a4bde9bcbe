"""A Discord career advisor that answers from a curated knowledge base."""

__version__ = "0.1.0"
