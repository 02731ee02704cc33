"""Building: units of work, who does them, and the folder that is put in place at once."""
