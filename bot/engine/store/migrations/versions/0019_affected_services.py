"""Incidents are found by the services that they affect.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_STATES = """
INSERT INTO affected_services (team_id, service, incident_id)
SELECT DISTINCT incidents.team_id, named.value, incidents.id FROM incidents, {each} AS named {where}
"""


def upgrade() -> None:
    """Bring the database to this revision."""
    identity = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "affected_services",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("incident_id", identity, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_affected_services_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("team_id", "service", "incident_id", name=op.f("pk_affected_services")),
    )
    if op.get_bind().dialect.name == "sqlite":
        each, where = (
            "json_each(incidents.state, '$.services')",
            "WHERE json_type(incidents.state, '$.services') = 'array'",
        )
    else:
        services = "incidents.state -> 'services'"
        named = f"CASE jsonb_typeof({services}) WHEN 'array' THEN {services} ELSE '[]' END"
        each, where = f"jsonb_array_elements_text({named})", ""
    op.execute(_STATES.format(each=each, where=where))


def downgrade() -> None:
    """Return to the revision before it."""
    op.drop_table("affected_services")
