"""One run: what a legislature works with, what goes on record, how it went."""
