"""The bookmarks and the canvas of a war room are kept as they were last shown, and what a workspace does not allow.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "head_items",
        sa.Column("incident_id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_head_items_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("incident_id", "name", name=op.f("pk_head_items")),
    )
    op.create_table(
        "refused_features",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "feature", name=op.f("pk_refused_features")),
    )


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_table("refused_features")
    op.drop_table("head_items")
