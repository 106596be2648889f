"""The server on this machine, and what stands before it."""
