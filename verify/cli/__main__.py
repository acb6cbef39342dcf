"""``python -m verify.cli``: the command ``verify``, where it is not installed."""

from verify.cli import main

main(prog_name="verify")
