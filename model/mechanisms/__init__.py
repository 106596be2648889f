"""The mechanisms of the month, a file each: theory first, then small rules, then one phase."""
