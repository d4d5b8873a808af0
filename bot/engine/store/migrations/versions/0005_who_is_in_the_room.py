"""Who is in the war rooms, and which people are guests or deactivated."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LOOK = "look_at IS NOT NULL"


def upgrade() -> None:
    """Bring the database to this revision."""
    op.create_table(
        "room_members",
        sa.Column("incident_id", ID, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_room_members_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("incident_id", "person", name=op.f("pk_room_members")),
    )
    # Added in place: SQLite's other way, to copy the table, would break the rows that refer to it.
    op.add_column("places", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("places", sa.Column("look_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_places_look",
        "places",
        ["team_id", "look_at"],
        postgresql_where=sa.text(LOOK),
        sqlite_where=sa.text(LOOK),
    )
    op.add_column("people", sa.Column("is_guest", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("people", sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False))
    # What Slack told of people before did not say whether they are guests: Slack is asked again.
    people = sa.table("people", sa.column("seen_at", sa.DateTime(timezone=True)))
    op.execute(sa.update(people).values(seen_at=LONG_AGO))


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_column("people", "is_active")
    op.drop_column("people", "is_guest")
    op.drop_index("ix_places_look", "places")
    op.drop_column("places", "look_at")
    op.drop_column("places", "looked_at")
    op.drop_table("room_members")
