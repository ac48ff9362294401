"""`python -m web.cli` is `markscheme`, for places where the command is not on the path."""

from web.cli import main

main()
