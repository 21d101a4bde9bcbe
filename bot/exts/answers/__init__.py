"""Questions and their answers, from wherever they are asked."""
