"""Which bills are followed: ours by their words, named, and their families."""
