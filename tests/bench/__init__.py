"""How fast, and whether anything is lost: `python -m tests.bench NAME --json`. docs/benchmarks.md explains each."""
