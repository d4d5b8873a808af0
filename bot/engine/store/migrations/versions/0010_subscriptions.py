"""Who follows which incidents without being in their war rooms.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "subscriptions",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person", "number", name=op.f("pk_subscriptions")),
    )
    op.create_index("ix_subscriptions_of", "subscriptions", ["team_id", "number", "severity"])


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_table("subscriptions")
