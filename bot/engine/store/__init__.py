"""The truth: SQLModel tables on SQLite or PostgreSQL, sessions, queries, migrations."""
