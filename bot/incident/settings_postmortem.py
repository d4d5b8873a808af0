"""The part of `policy.yml` about the postmortem."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class PostmortemSection(BaseModel):
    """What is set about the postmortem."""

    model_config = ConfigDict(extra="forbid")

    check: bool = True
    names: Literal["people", "roles"] = "people"
