"""The table of outlets: its rows, and finding an outlet by name, address, sign-off and dateline."""

from __future__ import annotations

import pytest

from crossfix.reference import outlets


def test_every_row_is_whole_and_no_name_or_code_is_taken_twice() -> None:
    rows = outlets.load()
    assert len(rows) >= 120
    for row in rows:
        assert row.source.startswith(("Wikipedia: ", "the outlet's own site"))
        assert len(row.country) == 2
        assert row.languages
        assert row.kind in ("agency", "newspaper", "broadcaster", "state_media", "government", "institute")
        assert row.codes or row.kind != "agency"
    for field in ("codes", "domains"):
        values = [v for row in rows for v in getattr(row, field)]
        assert len(values) == len(set(values))
    names = [row.name.casefold() for row in rows]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "found"),
    [("the associated press", "Associated Press"), ("AFP", "Agence France-Presse"), ("연합뉴스", "Yonhap News Agency"),
     ("New York Times", "The New York Times"), ("  Pentagon ", "US Department of Defense"), ("Nobody's Daily", None), ("", None)],
)  # fmt: skip
def test_by_name(name: str, found: str | None) -> None:
    outlet = outlets.by_name(name)
    assert (outlet.name if outlet else None) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [("https://www.nytimes.com/2017/x", "The New York Times"), ("edition.cnn.com", "CNN"), ("http://notcnn.com/x", None),
     ("https://focustaiwan.tw/x", "Central News Agency"), ("not an address", None), ("http://[bad", None), ("com", None)],
)  # fmt: skip
def test_by_domain(url: str, found: str | None) -> None:
    outlet = outlets.by_domain(url)
    assert (outlet.name if outlet else None) == found


@pytest.mark.parametrize(
    ("text", "code"),
    [("He said so. (ANI)", "ANI"), ("“No.” (Reuters)\n\n", "Reuters"), ("He said so.\nPA/", "PA"), ("He said so.\n– AFP", "AFP"),
     ("as told to the Associated Press (AP)", None), ("He said so. (laughs)", None), ("", None), ("He told Reuters", None)],
)  # fmt: skip
def test_sign_off(text: str, code: str | None) -> None:
    found = outlets.sign_off(text)
    assert (found.outlet.short if found else None) == code
    if found:
        assert code in text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "code", "place", "day"),
    [
        ("SEOUL/UNITED NATIONS, Aug 30 (Reuters) - x", "Reuters", "SEOUL/UNITED NATIONS", "--08-30"),
        ("(Reuters) - x", "Reuters", None, None),
        ("ANKARA, Turkey (AP)_ x", "AP", "ANKARA, Turkey", None),
        ("NEW YORK, Nov. 19, 2017 (UPI) — x", "UPI", "NEW YORK", "2017-11-19"),
        ("(서울=연합뉴스) 김철수 기자 = 북", "Yonhap", "서울", None),
        ("【ソウル共同】韓国", "Kyodo", "ソウル", None),
        ("新华社平壤1月14日电 朝鲜", "Xinhua", "平壤", "--01-14"),
        ("MANCHESTER, N.H. - x", None, "MANCHESTER, N.H.", None),
    ],
)
def test_dateline(text: str, code: str | None, place: str | None, day: str | None) -> None:
    found = outlets.dateline(text)
    assert found is not None
    assert ((found.outlet.short if found.outlet else None), found.place, found.day) == (code, place, day)
    assert text[found.end :].strip() in ("x", "북", "韓国", "朝鲜")


@pytest.mark.parametrize(
    "text",
    ["FILE - In this photo", "He said (AP) - x", "A HEADLINE IN CAPITALS THAT GOES ON - x", "Seoul said - x",
     "VOTERS LIKE HIM, BUT NOT HER - x", "MR. KIRBY: Yes — x"],
)  # fmt: skip
def test_no_dateline(text: str) -> None:
    assert outlets.dateline(text) is None


def test_a_dateline_of_an_agency_that_is_not_in_the_table() -> None:
    found = outlets.dateline("HARWICH (Meridian Wire) - Two ships left the port.")
    assert found is not None
    assert (found.place, found.outlet, found.end) == ("HARWICH", None, 25)
    assert outlets.dateline("LEE (Republic of Korea): We thank the council.") is None
    assert outlets.dateline("Two ships (Meridian and Wire) - left the port.") is None
