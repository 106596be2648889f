"""Sweeps: an experiment said in a file, run in batches that are never lost, and read back from its folder."""
