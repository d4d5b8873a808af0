"""Who follows all incidents of which services.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "service_subscriptions",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person", "service", name=op.f("pk_service_subscriptions")),
    )
    op.create_index("ix_service_subscriptions_of", "service_subscriptions", ["team_id", "service"])


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_table("service_subscriptions")
