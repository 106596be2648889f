"""The handbook: pages made from the code, and the site in which docs/ and the notebooks are read."""
