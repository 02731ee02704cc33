"""The half that goes out: reads the store, writes a static site and feeds."""
