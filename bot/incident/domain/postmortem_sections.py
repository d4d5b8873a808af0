"""The sections of a postmortem that people write."""

from enum import StrEnum


class PostmortemSection(StrEnum):
    """One section. Its value is stored for ever."""

    SUMMARY = "summary"
    IMPACT = "impact"
    DETECTION = "detection"
    FACTORS = "factors"
    WENT_WELL = "went_well"
    LUCKY = "lucky"
    LESSONS = "lessons"
    MORE = "more"

    @property
    def headline(self) -> str:
        """Its headline."""
        return _TITLES[self]

    @property
    def question(self) -> str:
        """What it answers."""
        return _QUESTIONS[self]

    @classmethod
    def parse(cls, text: str) -> "PostmortemSection | None":
        """Read a section by its key, its title or a usual short form; None if it is none."""
        return _WORDS.get(" ".join(text.lower().replace("_", " ").replace("-", " ").split()))


_TITLES = {
    PostmortemSection.SUMMARY: "Summary",
    PostmortemSection.IMPACT: "Impact",
    PostmortemSection.DETECTION: "Detection",
    PostmortemSection.FACTORS: "Contributing factors",
    PostmortemSection.WENT_WELL: "What went well",
    PostmortemSection.LUCKY: "Where we were lucky",
    PostmortemSection.LESSONS: "Lessons",
    PostmortemSection.MORE: "More",
}

_QUESTIONS = {
    PostmortemSection.SUMMARY: "What happened, in two or three sentences that people outside the team understand.",
    PostmortemSection.IMPACT: "How many customers were affected, what could they not do, and what did it cost?",
    PostmortemSection.DETECTION: "Who noticed first, and how? Could we have known sooner?",
    PostmortemSection.FACTORS: "There is never just one. What made it possible, what made it worse, what made it hard "
    "to see?",
    PostmortemSection.WENT_WELL: "What helped, so that we keep it?",
    PostmortemSection.LUCKY: "What could have made it worse, and did not happen by chance?",
    PostmortemSection.LESSONS: "What do we know now that we did not know before?",
    PostmortemSection.MORE: "What else should be known? Headings of your own in the canvas are kept here.",
}

_WORDS = (
    {each.value.replace("_", " "): each for each in PostmortemSection}
    | {each.headline.lower(): each for each in PostmortemSection}
    | {
        "contributing factor": PostmortemSection.FACTORS,
        "factor": PostmortemSection.FACTORS,
        "well": PostmortemSection.WENT_WELL,
        "luck": PostmortemSection.LUCKY,
        "lesson": PostmortemSection.LESSONS,
        "learned": PostmortemSection.LESSONS,
        "lessons learned": PostmortemSection.LESSONS,
    }
)


def draft_name(section: PostmortemSection) -> str:
    """Under which name half-written text of a section is kept."""
    return f"postmortem:{section.value}"
