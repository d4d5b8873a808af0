"""A history belongs to a subject, of which the incident is the first; each counts its own numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN, ON_SQLITE = "NOT closed", "closed = 0"
OPEN_COLUMNS = ["team_id", "severity", "number", "private"]


def upgrade() -> None:
    """Bring the database to this revision."""
    for table in ("incidents", "effects"):
        op.add_column(table, sa.Column("subject", sa.String(), server_default="incident", nullable=False))
    _renumber("uq_incidents_team_id_number", ["team_id", "subject", "number"])
    _find_open(["team_id", "subject", *OPEN_COLUMNS[1:]])


def downgrade() -> None:
    """Take it back to the one before."""
    _find_open(OPEN_COLUMNS)
    _renumber("uq_incidents_team_id_subject_number", ["team_id", "number"])
    for table in ("effects", "incidents"):
        op.drop_column(table, "subject")


def _renumber(before: str, columns: list[str]) -> None:
    """Within which columns a number is given once. SQLite copies the table for that."""
    with op.batch_alter_table("incidents") as incidents:
        incidents.drop_constraint(before, type_="unique")
        incidents.create_unique_constraint(f"uq_incidents_{'_'.join(columns)}", columns)


def _find_open(columns: list[str]) -> None:
    op.drop_index("ix_incidents_open", "incidents")
    op.create_index(
        "ix_incidents_open",
        "incidents",
        columns,
        postgresql_where=sa.text(OPEN),
        sqlite_where=sa.text(ON_SQLITE),
    )
