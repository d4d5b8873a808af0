"""`python -m bot` is `warroom`."""

from bot.cli import main

main()
