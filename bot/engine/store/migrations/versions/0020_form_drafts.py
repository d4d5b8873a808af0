"""Half-written text is kept for each form of an incident, and not for the update form only.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_COLUMNS = "team_id, person, number, fields, typed_at"


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "form_drafts",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person", "number", "form", name=op.f("pk_form_drafts")),
    )
    op.execute(f"INSERT INTO form_drafts ({_COLUMNS}, form) SELECT {_COLUMNS}, 'update' FROM drafts")  # noqa: S608  # names of columns
    op.drop_table("drafts")


def downgrade() -> None:
    """Return to the revision before it; of the other forms nothing is kept."""
    op.create_table(
        "drafts",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person", "number", name=op.f("pk_drafts")),
    )
    op.execute(f"INSERT INTO drafts ({_COLUMNS}) SELECT {_COLUMNS} FROM form_drafts WHERE form = 'update'")  # noqa: S608  # names of columns
    op.drop_table("form_drafts")
