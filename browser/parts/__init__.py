"""The parts of the page: components that take plain data and tell what a reader did."""
