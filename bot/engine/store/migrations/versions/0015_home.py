"""The latest closed incidents are found for the Home tab, and administrators are known.

Revision ID: 0015
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_index(
        "ix_incidents_closed",
        "incidents",
        ["team_id", "subject", "number"],
        postgresql_where=sa.text("closed"),
        sqlite_where=sa.text("closed = 1"),
    )
    op.add_column("people", sa.Column("is_admin", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_column("people", "is_admin")
    op.drop_index("ix_incidents_closed", "incidents")
