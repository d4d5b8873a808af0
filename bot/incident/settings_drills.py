"""The part of `policy.yml` about drills."""

from pydantic import BaseModel, ConfigDict

from bot.incident.domain.kinds import DrillPolicy


class DrillsSection(BaseModel):
    """What a drill does that an incident of its severity does."""

    model_config = ConfigDict(extra="forbid")

    call: bool = False
    postmortem: bool = False

    def to_drills(self) -> DrillPolicy:
        """What this section says."""
        return DrillPolicy(call=self.call, postmortem=self.postmortem)
