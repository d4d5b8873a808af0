"""How fast the bot is, and whether anything is lost: `python -m tests.bench NAME --json`. See docs/benchmarks.md."""
