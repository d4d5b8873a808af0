"""Action items are found by owner, day and incident, and the latest reminder of a person is known.

Their words are found as those of incidents are: migration 0008 keeps the words of every stream that has a title.

Revision ID: 0018
Revises: 0017
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN: dict[str, Any] = {"postgresql_where": sa.text("is_open"), "sqlite_where": sa.text("is_open = 1")}


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "action_items",
        sa.Column("incident_id", ID, autoincrement=False, nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("of_incident", ID, nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_action_items_incident_id_incidents")
        ),
        sa.ForeignKeyConstraint(
            ["of_incident"], ["incidents.id"], name=op.f("fk_action_items_of_incident_incidents")
        ),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_action_items")),
    )
    op.create_index("ix_action_items_open", "action_items", ["team_id", "due_on", "incident_id"], **OPEN)
    op.create_index("ix_action_items_owner", "action_items", ["team_id", "owner", "due_on"], **OPEN)
    op.create_index("ix_action_items_of", "action_items", ["of_incident"])
    op.create_table(
        "action_reminders",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person", name=op.f("pk_action_reminders")),
    )


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_table("action_reminders")
    op.drop_table("action_items")
