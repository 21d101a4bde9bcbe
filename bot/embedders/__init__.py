"""Sentence embeddings from libraries and model files, for the matcher. The only package that knows these libraries."""
