"""What a month, a run and a million runs cost, measured side by side in one go: ``make bench``."""
