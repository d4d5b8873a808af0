"""The index of titles finds what comparing everything with everything finds."""

from random import Random

from bot.followup.domain.matching import is_about_the_same, words_of
from bot.followup.domain.title_index import TitleIndex

WORDS = (
    "replica",
    "replicas",
    "replication",
    "lag",
    "lags",
    "alert",
    "alerts",
    "card",
    "cards",
    "disk",
    "disks",
    "mail",
)


def test_it_finds_what_the_rule_finds() -> None:
    random = Random(5)  # noqa: S311  # test data
    titles = {" ".join(random.choices(WORDS, k=random.randrange(1, 4))) for _ in range(200)}
    index, found = TitleIndex(titles), 0
    for _ in range(200):
        words = words_of(" ".join(random.choices(WORDS, k=random.randrange(1, 5))))
        expected = {each for each in titles if is_about_the_same(each, words)}
        assert index.about_the_same(words) == expected, words
        found += bool(expected)
    assert found
    assert TitleIndex([]).about_the_same(["replica", "lag"]) == set()
