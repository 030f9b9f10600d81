"""Publication dates as written; what is ambiguous is no date."""

from __future__ import annotations

import pytest

from crossfix.reading.dates import day_in_url, day_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-12-17T23:30:00-05:00", "2023-12-17"),
        ("2023/12/17", "2023-12-17"),
        ("20231217", "2023-12-17"),
        ("D:20231217093000+09'00'", "2023-12-17"),
        ("Dec. 17, 2023 10:15 AM EST", "2023-12-17"),
        ("Sunday, 17 December 2023", "2023-12-17"),
        ("Sun, 17 Dec 2023 23:30:00 GMT", "2023-12-17"),
        ("2023년 12월 17일", "2023-12-17"),
        ("2023年12月17日", "2023-12-17"),
        ("17.12.2023", "2023-12-17"),
        ("12/17/2023", "2023-12-17"),
        ("17/12/2023", "2023-12-17"),
        ("3/4/2023", None),
        ("2023-02-30", None),
        ("2023-12", None),
        ("Dec. 17", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_day_of(text: str, day: str | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.org/2023/12/17/ship", "2023-12-17"),
        ("https://x.org/news/2023/dec/17/ship", "2023-12-17"),
        ("https://x.org/20231217-ship", "2023-12-17"),
        ("https://x.org/asia/two-ships-leave20231217101500/", "2023-12-17"),
        ("https://x.org/2023/12/", None),
        ("https://x.org/id/20239917/", None),
    ],
)
def test_day_in_url(url: str, day: str | None) -> None:
    assert day_in_url(url) == day
