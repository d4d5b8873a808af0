"""The database, which is the truth: SQLModel tables on SQLite or PostgreSQL, sessions, queries, migrations."""
