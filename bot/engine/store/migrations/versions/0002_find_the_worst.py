"""Find the worst open incidents that a person may see, without reading closed ones."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

PENDING = "state IN ('waiting', 'leased')"
DEAD = "state = 'dead'"
WARNING = "kind = 'Warn'"


def upgrade() -> None:
    """Bring the database to this revision."""
    # Added in place: SQLite's other way, to copy the table, would break the rows that refer to it.
    op.add_column("incidents", sa.Column("severity", sa.Integer(), server_default="1", nullable=False))
    op.add_column("incidents", sa.Column("private", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("acts", sa.Column("permanent", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("effects", sa.Column("needs_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "members",
        sa.Column("incident_id", ID, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("responds", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_members_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("incident_id", "person", name=op.f("pk_members")),
    )
    _fill_in()
    op.create_index("ix_members_person", "members", ["team_id", "person", "responds"])
    op.drop_index("ix_incidents_open", "incidents")
    _partial("ix_incidents_open", "incidents", ["team_id", "severity", "number", "private"], "NOT closed")
    op.create_index("ix_timeline_at", "timeline", ["incident_id", "at", "seq"])
    op.drop_index("ix_effects_state_due", "effects")
    op.drop_index("ix_effects_lane", "effects")
    _partial("ix_effects_turn", "effects", ["id"], PENDING)
    _partial("ix_effects_lane", "effects", ["lane", "id"], PENDING)
    _partial("ix_effects_dead", "effects", ["id"], DEAD)
    _partial("ix_effects_warnings", "effects", ["lane"], WARNING)
    _partial("ix_acts_at", "acts", ["at"], "NOT permanent")


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_index("ix_acts_at", "acts")
    for name in ("ix_effects_warnings", "ix_effects_dead", "ix_effects_lane", "ix_effects_turn"):
        op.drop_index(name, "effects")
    op.create_index("ix_effects_lane", "effects", ["lane", "state", "id"])
    op.create_index("ix_effects_state_due", "effects", ["state", "due_at"])
    op.drop_index("ix_timeline_at", "timeline")
    op.drop_index("ix_incidents_open", "incidents")
    op.create_index("ix_incidents_open", "incidents", ["team_id", "closed", "number"])
    op.drop_table("members")
    op.drop_column("effects", "needs_until")
    op.drop_column("acts", "permanent")
    op.drop_column("incidents", "private")
    op.drop_column("incidents", "severity")


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    """An index of some rows only. SQLite stores truth values as numbers, and queries there say so too."""
    on_sqlite = f"{where.removeprefix('NOT ')} = 0" if where.startswith("NOT ") else where
    op.create_index(name, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(on_sqlite))


def _fill_in() -> None:
    """Fill the new columns and rows of the existing incidents and acts."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        severity, private = "(state->>'severity')::integer", "(state->>'private')::boolean"
    else:
        severity, private = "json_extract(state, '$.severity')", "json_extract(state, '$.private')"
    # Both expressions are written above; no part of them comes from outside.
    op.execute(f"UPDATE incidents SET severity = {severity}, private = {private}")  # noqa: S608  # see above
    op.execute(sa.text("UPDATE acts SET permanent = :no WHERE act_id NOT LIKE 'note:%'").bindparams(no=False))
    # An incident whose war room was refused had its own kind of announcement; now every one waits only for a time.
    op.execute(f"UPDATE effects SET needs_until = created_at WHERE kind = 'Announce' AND {PENDING}")  # noqa: S608  # see above
    renamed = (
        "UPDATE effects SET kind = 'Announce', lane = incident_id || :lane WHERE kind = 'AnnounceRoomless'"
    )
    op.execute(sa.text(renamed).bindparams(lane=":announcement"))
    incidents = sa.table(
        "incidents",
        sa.column("id", ID),
        sa.column("team_id", sa.String()),
        sa.column("closed", sa.Boolean()),
        sa.column("state", JSON),
    )
    members = sa.table(
        "members",
        sa.column("incident_id", ID),
        sa.column("person", sa.String()),
        sa.column("team_id", sa.String()),
        sa.column("responds", sa.Boolean()),
    )
    query = sa.select(incidents.c.id, incidents.c.team_id, incidents.c.state).where(~incidents.c.closed)
    rows = [row for found in connection.execute(query) for row in _members(*found)]
    if rows:
        connection.execute(sa.insert(members), rows)


def _members(incident_id: int, team_id: str, state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The people of an incident, as the release of this revision reads its state."""
    responders = {person for holders in state["roles"].values() for person in holders}
    if state["handoff_to"]:
        responders.add(state["handoff_to"])
    for person in sorted(responders | {state["declared_by"]}):
        yield {
            "incident_id": incident_id,
            "person": person,
            "team_id": team_id,
            "responds": person in responders,
        }
