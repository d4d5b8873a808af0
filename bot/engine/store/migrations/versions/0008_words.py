"""Incidents are found by the words of their titles and summaries.

The database keeps the words itself, so that those of an incident that another release writes are found too. On SQLite
triggers do: a later migration that copies the table `incidents` (`batch_alter_table`) must create them again.

Revision ID: 0008
Revises: 0007
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this revision."""
    if op.get_bind().dialect.name == "sqlite":
        _on_sqlite()
    else:
        title, summary = (f"coalesce(state ->> '{name}', '')" for name in ("title", "summary"))
        op.execute(
            "ALTER TABLE incidents ADD COLUMN words tsvector "
            f"GENERATED ALWAYS AS (to_tsvector('simple', {title} || ' ' || {summary})) STORED"
        )
        op.execute("CREATE INDEX ix_incidents_words ON incidents USING gin (words)")


def downgrade() -> None:
    """Return to the revision before it."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("added", "changed", "deleted"):
            op.execute(f"DROP TRIGGER incident_words_{event}")
        op.execute("DROP TABLE incident_words")
    else:
        op.execute("ALTER TABLE incidents DROP COLUMN words")


def _on_sqlite() -> None:
    added = "INSERT INTO incident_words (rowid, words) VALUES (new.id, WORDS OF new)"
    changed = "UPDATE incident_words SET words = WORDS OF new WHERE rowid = new.id"
    differ = "WORDS OF old <> WORDS OF new"
    deleted = "DELETE FROM incident_words WHERE rowid = old.id"
    for statement in (
        "CREATE VIRTUAL TABLE incident_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')",
        "INSERT INTO incident_words (rowid, words) SELECT id, WORDS OF incidents FROM incidents",
        f"CREATE TRIGGER incident_words_added AFTER INSERT ON incidents BEGIN {added}; END",
        f"CREATE TRIGGER incident_words_changed AFTER UPDATE OF state ON incidents WHEN {differ} BEGIN {changed}; END",
        f"CREATE TRIGGER incident_words_deleted AFTER DELETE ON incidents BEGIN {deleted}; END",
    ):
        op.execute(sa.text(_WORDS_OF.sub(_words, statement)))


_WORDS_OF = re.compile(r"WORDS OF (\w+)")


def _words(match: re.Match[str]) -> str:
    """Title and summary of the row that is named."""
    title, summary = (
        f"coalesce(json_extract({match[1]}.state, '$.{name}'), '')" for name in ("title", "summary")
    )
    return f"({title} || ' ' || {summary})"
