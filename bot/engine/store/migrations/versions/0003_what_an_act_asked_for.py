"""Remember what an act asked for, so that a corrected form differs from a form that was sent twice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database to this revision."""
    op.add_column("acts", sa.Column("digest", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_column("acts", "digest")
