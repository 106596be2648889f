"""A strategy under the pen: drafts, operations, forms, and what is said of them."""
