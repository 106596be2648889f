"""What can be set by hand, made from declarations, and what a change makes of the settings."""
