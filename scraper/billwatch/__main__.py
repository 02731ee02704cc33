"""`python -m billwatch`, where the command itself is not on the path."""

from billwatch.cli import main

main()
