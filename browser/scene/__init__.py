"""What there is to see: settings, who is in a scenario, the months of a history, and its ensemble."""
