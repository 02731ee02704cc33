"""New York."""

CODE = "ny"
NAME = "New York"
TIMEZONE = "America/New_York"
CHAMBERS = ("Senate", "Assembly")
