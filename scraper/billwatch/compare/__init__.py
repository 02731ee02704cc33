"""What changed: two answers of one source compared, several sources told as one story."""
