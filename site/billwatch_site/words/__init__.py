"""Words: the record in plain English, dates and names, and what differs between legislatures."""
