"""Who is in the user groups that may do something, and who is an admin of the workspace.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "user_groups",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("members", JSON, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_again_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "group_id", name=op.f("pk_user_groups")),
    )
    # Unknown for everybody whom an earlier release stored: they are asked about again.
    op.add_column("people", sa.Column("is_admin", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_column("people", "is_admin")
    op.drop_table("user_groups")
