"""`python -m kg` in, the command `kg` out."""

from kg.cli import main

main(prog_name="kg")
