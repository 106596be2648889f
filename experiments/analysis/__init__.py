"""Analyses: what a sweep says, each as a function of tables, a section of the report, a figure and a verb."""
