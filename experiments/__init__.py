"""Experiments: what is asked of the model, from one history to a comparison, and how it is answered."""
