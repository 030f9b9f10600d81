"""Slips of the pen that two texts share, and what they show."""

from __future__ import annotations

import pytest

from crossfix.linking.origin_report import report_of
from crossfix.linking.origins import tie
from crossfix.linking.slips import slips


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The crew rowed over the the bar at dawn.", {"over the the bar"}),
        ("He said that that was all he had had to say.", set()),
        ("They met on Tuesday, December 18, 2023 in the old hall.", {"Tuesday 2023-12-18"}),
        ("They met on Monday, December 18, 2023, and on Friday 31 May 2024.", set()),
        ("They met on Monday, 31 June 2024.", {"Monday 2024-06-31"}),
        ("“We went over the the bar,” the pilot told those who asked him.", set()),
        ("Duran Duran played New York New York.", set()),
    ],
)
def test_slips(text: str, found: set[str]) -> None:
    assert slips(text) == found


FIRST = (
    "The harbour master of Storvik closed the outer basin after a barge ran over the the bar at dawn. Nobody was hurt, and "
    "the pilots expect to float it with the spring tide."
)
RETOLD = (
    "At Storvik no ships call this week. A barge ran over the the bar at dawn, so the harbour master of Storvik shut its gates; "
    "a tug waits for higher water and the crew sleeps ashore."
)


def test_the_same_slip_shows_what_few_shared_words_do_not() -> None:
    one = report_of("a", FIRST, "Harbour Post", "2024-05-02")
    other = report_of("b", RETOLD, "Inland Daily", "2024-05-03")
    found = tie(one, other)
    assert found is not None
    assert found == tie(other, one)
    assert found.relation == "rewrite"
    assert "same slip ('over the the bar')" in found.why
    mended = report_of("b", RETOLD.replace("the the", "the"), "Inland Daily", "2024-05-03")
    assert tie(one, mended) is None
    late = report_of("b", RETOLD, "Inland Daily", "2024-09-03")
    assert tie(one, late) is None
