"""Who is meant by a noun: a person, or a part of the system."""

from collections.abc import Collection

from bot.incident.domain.blame.names import GIVEN
from bot.incident.domain.blame.sentences import Sentence, Word
from bot.incident.domain.blame.vocabulary import DETERMINERS, words

PRONOUNS = words(
    """
    i we he she you they who whoever someone somebody anyone anybody everyone everybody whichever
    """
)
NOBODY = frozenset({"nobody", "no-one", "none", "neither"})
CUSTOMERS = words("customer customers user users client clients visitor visitors tenant tenants")
_ROLES = words(
    """
    engineer engineers developer developers dev devs programmer programmers on-call oncall responder responders
    commander commanders ic admin admins administrator administrators sysadmin sysadmins dba dbas sre sres
    contractor contractors intern interns trainee trainees reviewer reviewers approver approvers author authors
    colleague colleagues person people human humans employee employees staff teammate teammates technician
    technicians analyst analysts tester testers scribe deputy lead leads expert experts specialist specialists
    maintainer maintainers newcomer hire hires joiner individual individuals architect architects consultant
    consultants team teams group groups squad crew shift management managers owner owners boss cto director
    coder committer support ops devops marketing sales qa
    """
)
_SOMETIMES = frozenset(
    {"operator", "operators", "manager", "agent", "agents"}
)  # a program may be called so, too
_OF_PEOPLE = words(
    """
    release incident product project engineering account delivery duty line shift general support operations
    on-call tired new junior senior human second first night experienced our their office duty change problem
    """
)
_NO_TEAM = words(
    """
    consumer security resource target node auto-scaling autoscaling user process replica
    """
)


class People:
    """The people who are known by name, beside the common given names."""

    def __init__(self, names: Collection[str] = ()) -> None:
        """Take the names of the people of an incident, as they are displayed. "Database Team" names nobody."""
        parts = [name.lower().split() for name in names]
        own = (part for name in parts if not _ROLES.intersection(name) for part in name if len(part) > 1)
        self._names = GIVEN.union(own)

    def is_name(self, word: Word) -> bool:
        """Whether the word is the name of a person."""
        return word.is_person or (word.is_capital and word.text in self._names)

    def is_person(self, sentence: Sentence, head: int) -> bool:
        """Whether the noun at `head` means a person or a team."""
        word = sentence[head]
        before = sentence[head - 1] if head else Word("", 0, 0)
        if self.is_name(word) or word.text.removesuffix("'d") in PRONOUNS:
            return True
        if word.text in _SOMETIMES:
            return before.text in DETERMINERS or before.text in _OF_PEOPLE or before.text == ""
        if word.text in ("group", "groups") and before.text in _NO_TEAM:
            return False
        if word.text in _ROLES:
            return True
        return word.is_capital and self.is_name(before)  # a family name

    def is_owner(self, sentence: Sentence, index: int) -> bool:
        """Whether the word is the possessive of a person: Alice's, the engineer's, our, his."""
        word = sentence[index]
        if word.text in ("his", "her"):
            return True
        if word.text == "s" and index:
            return sentence[index - 1].is_person  # a mention with an 's
        if not word.owner:
            return False
        named = Word(word.owner, word.start, word.end, word.is_capital)
        return self.is_person([*sentence[max(0, index - 1) : index], named], min(index, 1))
