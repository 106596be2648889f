"""What goes out and comes in: files, tables, figures, links and uploads."""
