"""Ways to settle a statement.  Each knows nothing of any paper."""
