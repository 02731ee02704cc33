"""Past sessions, and how many bills came how far in them."""
