"""A stream belongs to a subject, of which the incident is the first; each subject counts its own numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN, ON_SQLITE = "NOT closed", "closed = 0"
LOOK = "next_look_at IS NOT NULL"


def upgrade() -> None:
    """Bring the database to this revision."""
    for table in ("incidents", "effects"):
        op.add_column(table, sa.Column("subject", sa.String(), server_default="incident", nullable=False))
    _renumber("uq_incidents_team_id_number", ["team_id", "subject", "number"])
    _find(["team_id", "subject"])


def downgrade() -> None:
    """Return to the revision before it."""
    _find(["team_id"])
    _renumber("uq_incidents_team_id_subject_number", ["team_id", "number"])
    for table in ("effects", "incidents"):
        op.drop_column(table, "subject")


def _renumber(before: str, columns: list[str]) -> None:
    """Set the columns within which a number is unique. SQLite copies the table for that."""
    with op.batch_alter_table("incidents") as incidents:
        incidents.drop_constraint(before, type_="unique")
        incidents.create_unique_constraint(f"uq_incidents_{'_'.join(columns)}", columns)


def _find(of: list[str]) -> None:
    """Set the columns by which open streams, and those that the clock must look at, are found."""
    _index("ix_incidents_open", [*of, "severity", "number", "private"], OPEN, ON_SQLITE)
    _index("ix_incidents_look", [*of, "next_look_at"], LOOK, LOOK)


def _index(name: str, columns: list[str], where: str, on_sqlite: str) -> None:
    op.drop_index(name, "incidents")
    op.create_index(
        name, "incidents", columns, postgresql_where=sa.text(where), sqlite_where=sa.text(on_sqlite)
    )
