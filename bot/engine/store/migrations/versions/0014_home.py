"""The latest closed incidents are found for the Home tab.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
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


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_index("ix_incidents_closed", "incidents")
