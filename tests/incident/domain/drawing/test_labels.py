"""Labels do not touch one another, and no line crosses them."""

from hypothesis import given
from hypothesis import strategies as some

from bot.incident.domain.drawing.labels import Placed, Wanted, place

RIGHT, GAP = 1000.0, 6.0


def at(*marks: float, width: float = 100) -> list[Placed | None]:
    return place([Wanted(x, (width, 40)) for x in marks], 4, RIGHT, GAP)


def test_a_label_stands_right_of_its_mark() -> None:
    assert at(10) == [Placed(16, 0, 0)]


def test_close_labels_stand_in_different_rows_the_last_nearest() -> None:
    assert [each and each.row for each in at(10, 20, 30)] == [2, 1, 0]


def test_a_label_at_the_edge_stands_left_of_its_mark() -> None:
    assert at(990) == [Placed(884, 0, 0)]


def test_labels_at_the_edge_hide_no_line_of_others() -> None:
    assert [each and each.row for each in at(100, 930, 990)] == [0, 0, 1]
    crowded = at(700, 930, 990, width=250)
    assert None not in crowded


def test_without_room_there_is_no_label() -> None:
    assert at(*range(10, 20)).count(None) > 0


def test_what_matters_has_a_place_even_if_others_lose_theirs() -> None:
    crowd = [Wanted(float(x), (100,)) for x in range(12, 40, 4)]
    assert place([Wanted(8, (100,)), *crowd], 4, RIGHT, GAP)[0] is None
    assert place([Wanted(8, (100,), matters=True), *crowd], 4, RIGHT, GAP)[0] is not None


def test_no_row_stays_empty() -> None:
    crowd = [Wanted(float(x), (100,), matters=x == 8) for x in range(8, 60, 4)]
    rows = {each.row for each in place(crowd, 9, RIGHT, GAP) if each}
    assert rows == set(range(len(rows)))


marks = some.lists(
    some.tuples(some.floats(0, RIGHT), some.floats(20, 300), some.booleans()), min_size=1, max_size=40
)


@given(marks)
def test_nothing_overlaps(wanted: list[tuple[float, float, bool]]) -> None:
    labels = [Wanted(x, (width, min(width, 60)), matters) for x, width, matters in wanted]
    found = [
        (label, placed) for label, placed in zip(labels, place(labels, 6, RIGHT, GAP), strict=True) if placed
    ]
    boxes = [(placed.row, placed.left, placed.left + label.widths[placed.form]) for label, placed in found]
    assert all(right <= RIGHT + 1e-6 for _, _, right in boxes)
    for number, (row, left, right) in enumerate(boxes):
        for other, start, end in boxes[:number]:
            assert row != other or right <= start or end <= left
        for label, placed in found:
            crosses = placed.row > row and left < label.x < right
            assert not crosses
