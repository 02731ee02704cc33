"""Reading: what the store says, as records, and how the watching itself went."""
