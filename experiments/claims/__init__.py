"""Ten claims of the seed articles that can fail, each a file with its own rule, and what becomes of them."""
