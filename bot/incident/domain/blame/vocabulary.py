"""Words that several rules need."""


def words(text: str) -> frozenset[str]:
    """The words of the text, which are separated by spaces."""
    return frozenset(text.split())


DETERMINERS = words(
    """
    the a an this that these those our your their his her its my one another each every some any no both two
    three several many all
    """
)
PREPOSITIONS = words(
    """
    of in on at from with for by to during under over into onto after before between among within without about
    against across through despite like near until since as due besides per via upon
    """
)
CONJUNCTIONS = words(
    """
    and but or because when that which while after before until since as if although though so where whether
    than whose what how why then who whom once unless
    """
)
AUXILIARIES = words(
    """
    was were is are be been being had has have did does do will would could should might must can may didn't
    hadn't wasn't weren't doesn't don't haven't hasn't wouldn't couldn't shouldn't
    """
)
ADVERBS = words(
    """
    also just simply again still even perhaps maybe probably once twice once too already later soon always never
    often not
    """
)
PAST = words(
    """
    ran made took broke went gave got put set let left kept held sent saw knew thought found read wrote chose
    forgot brought built began came cut fell felt led lost met paid said shut stood taught told understood woke
    hid typed threw overwrote misread meant held bent dealt drew drove fought froze hung hurt laid lay rode rose slid spent
    stole stuck struck tore won withdrew did
    """
)
PARTICIPLES = words(
    """
    been done known seen caught taken told read thought spoken gone had put set run made kept found written left
    let sent given chosen begun held brought heard felt met paid said shown shut split stuck understood woken
    built come cut driven got gotten grown hidden lost broken become asked overwritten spotted stopped rolled
    run withdrawn forgotten overseen spent rebuilt reset undone rewritten thrown slept stepped
    """
)
NEGATIONS = words(
    """
    no not never nobody none nothing neither nor without cannot isn't wasn't weren't aren't didn't don't doesn't
    won't hasn't haven't hadn't couldn't wouldn't shouldn't can't avoid avoids avoided
    """
)


def is_participle(word: str) -> bool:
    """Whether the word looks like a past participle."""
    return word in PARTICIPLES or (word.endswith("ed") and len(word) > 3)  # noqa: PLR2004  # no `red`, `bed`


def is_adverb(word: str) -> bool:
    """Whether the word looks like an adverb that stands between a subject and its verb."""
    return word in ADVERBS or (
        word.endswith("ly") and word not in ("only", "supply", "apply", "reply", "rely")
    )
