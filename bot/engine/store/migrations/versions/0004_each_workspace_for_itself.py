"""Each workspace's bot finds its own work; an effect remembers its steps and its unexpected errors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

PENDING = "state IN ('waiting', 'leased')"
DEAD = "state = 'dead'"


def upgrade() -> None:
    """Bring the database to this revision."""
    op.add_column("effects", sa.Column("yields_to", sa.String(), nullable=True))
    op.add_column("effects", sa.Column("unexpected", sa.Integer(), server_default="0", nullable=False))
    op.add_column("effects", sa.Column("progress", JSON, server_default=sa.text("'{}'"), nullable=False))
    op.drop_index("ix_incidents_next_look_at", "incidents")
    _partial("ix_incidents_look", "incidents", ["team_id", "next_look_at"], "next_look_at IS NOT NULL")
    for name in ("ix_effects_turn", "ix_effects_dead"):
        op.drop_index(name, "effects")
    op.drop_index("ix_acts_at", "acts")
    _partial("ix_effects_turn", "effects", ["team_id", "id"], PENDING)
    _partial("ix_effects_dead", "effects", ["team_id", "id"], DEAD)
    _partial("ix_acts_at", "acts", ["team_id", "at"], "NOT permanent", on_sqlite="permanent = 0")


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_index("ix_acts_at", "acts")
    for name in ("ix_effects_dead", "ix_effects_turn"):
        op.drop_index(name, "effects")
    _partial("ix_acts_at", "acts", ["at"], "NOT permanent", on_sqlite="permanent = 0")
    _partial("ix_effects_turn", "effects", ["id"], PENDING)
    _partial("ix_effects_dead", "effects", ["id"], DEAD)
    op.drop_index("ix_incidents_look", "incidents")
    op.create_index("ix_incidents_next_look_at", "incidents", ["next_look_at"])
    for name in ("progress", "unexpected", "yields_to"):
        op.drop_column("effects", name)


def _partial(name: str, table: str, columns: list[str], where: str, on_sqlite: str = "") -> None:
    """An index of some rows only. SQLite stores truth values as numbers, and queries there say so too."""
    op.create_index(
        name, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(on_sqlite or where)
    )
