"""What the server adds to the frame in which a page is loaded."""
