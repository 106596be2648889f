"""Search: strategies made by orders and levers that no other beats at every goal."""
