"""Every fact of a timeline is chained to the one before it by a hash.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this revision."""
    op.add_column("timeline", sa.Column("chain", sa.String(), nullable=True))
    op.add_column("timeline", sa.Column("original", sa.String(), nullable=True))
    op.add_column("incidents", sa.Column("head", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_column("incidents", "head")
    op.drop_column("timeline", "original")
    op.drop_column("timeline", "chain")
