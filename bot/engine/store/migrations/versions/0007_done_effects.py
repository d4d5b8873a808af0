"""Effects that were shown or dropped long ago are found, so that they can be deleted.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DONE = sa.text("state IN ('delivered', 'dropped')")


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_index(
        "ix_effects_done", "effects", ["team_id", "done_at"], postgresql_where=DONE, sqlite_where=DONE
    )


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_index("ix_effects_done", "effects")
