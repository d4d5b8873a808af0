"""People choose where they are reminded of action items, and say when they are away.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "action_preferences",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("shown_in", sa.String(), nullable=False),
        sa.Column("shown_ts", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person", name=op.f("pk_action_preferences")),
    )


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_table("action_preferences")
