"""Places: which words name one, and where it is. All texts are ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.language.parse import parse
from crossfix.language.places import places
from crossfix.model import Document, Place


def read(text: str) -> dict[str, Place]:
    doc = Document("t.txt", "0" * 64, "text/plain", text, language="en")
    return {p.span.text: p for p in places(parse(doc), doc)}


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon", "country"),
    [
        ("Containers left the port of Najin for Russia.", "Najin", 42.2, 130.3, "KP"),
        ("The ship sailed from Rajin in North Korea.", "Rajin", 42.2, 130.3, "KP"),
        ("Trains crossed from Tumangang in North Korea to Khasan in Russia.", "Tumangang", 42.4, 130.6, "KP"),
        ("Trains crossed from Tumangang in North Korea to Khasan in Russia.", "Khasan", 42.4, 130.6, "RU"),
        ("They met at the Vostochny Cosmodrome.", "Vostochny Cosmodrome", 51.7, 128.0, "RU"),
        ("A rocket rose from Sohae in North Korea.", "Sohae", 39.7, 124.7, "KP"),
        ("Another test at Punggye-ri is feared in Seoul.", "Punggye-ri", 41.3, 129.1, "KP"),
        ("The leaders met at Camp David.", "Camp David", 39.6, -77.5, "US"),
        ("He toured a plant in Komsomolsk-on-Amur.", "Komsomolsk-on-Amur", 50.5, 137.0, "RU"),
        ("Ships were seen at Dunai in Russia.", "Dunai", 42.9, 132.4, "RU"),
        ("Shells reached Tikhoretsk by rail from Dunay.", "Tikhoretsk", 45.9, 40.1, "RU"),
        ("The reactor at Yongbyon in North Korea runs.", "Yongbyon", 39.8, 125.8, "KP"),
        ("The missile fell into the Sea of Japan.", "Sea of Japan", 43.5, 135.75, None),
        ("Tankers passed the Strait of Hormuz.", "Strait of Hormuz", 26.6, 56.2, None),
        ("Bombers took off from Diego Garcia.", "Diego Garcia", -7.3, 72.4, "IO"),
        ("Talks began in Paris, Texas.", "Paris", 33.7, -95.6, "US"),
        ("Talks began in Paris.", "Paris", 48.9, 2.3, "FR"),
        ("The group met in Ramstein, Germany.", "Ramstein", 49.4, 7.6, "DE"),
    ],
)
def test_names_are_put_on_the_map(text: str, name: str, lat: float, lon: float, country: str | None) -> None:
    found = read(text)
    assert name in found, sorted(found)
    place = found[name]
    assert place.lat == pytest.approx(lat, abs=0.2)
    assert place.lon == pytest.approx(lon, abs=0.2)
    assert place.country == country


def test_romanisations_join() -> None:
    assert {read(f"The ship sailed from {n} in North Korea.")[n].name for n in ("Najin", "Rajin", "Rason")} == {"Najin"}
    assert {read(f"It was seen at {n} in Russia.")[n].name for n in ("Dunai", "Dunay")} == {"Dunai"}


def test_the_document_decides_between_places_of_a_name() -> None:
    ports = "Ships went from Rajin to Dunai and then to Vostochny, all near Vladivostok in Russia."
    space = "The cosmodrome at Vostochny in Russia launched a rocket."
    assert read(ports)["Vostochny"].kind == "port"
    assert read(space)["Vostochny"].kind == "launch_site"
    assert read("Officials in Alabama, Texas and Georgia spoke.")["Georgia"].country == "US"
    assert read("Troops from Russia entered Georgia; Armenia closed its border.")["Georgia"].country == "GE"


def test_states_and_kinds() -> None:
    found = read("He spoke in Beijing, then in Washington state, and flew to Kharkiv in Ukraine.")
    assert found["Beijing"].kind == "capital"
    assert found["Washington"].kind == "region"
    assert found["Kharkiv"].kind == "city"
    assert found["Kharkiv"].geonames_id == 706483
    assert found["Ukraine"].kind == "country"


def test_a_capital_that_speaks_is_an_agent() -> None:
    found = read("Pyongyang denied the charge. A meeting was held in Moscow.")
    assert found["Pyongyang"].agentive
    assert not found["Moscow"].agentive


def test_an_unknown_place_is_kept_without_coordinates() -> None:
    found = read("The column halted near Qwyrtholm in Ukraine.")
    unknown = [p for p in found.values() if p.kind == "unknown"]
    assert all(p.lat is None and p.lon is None and p.country is None for p in unknown)


@pytest.mark.parametrize(
    "text",
    [
        "Bank of China shares fell.", "She caught the Marburg virus.", "Give it to us.", "The people of the earth agree.",
        "Mr. Jack London wrote novels.",
    ],
)  # fmt: skip
def test_what_is_no_place(text: str) -> None:
    assert not read(text)


def test_a_name_once_known_is_known_wherever_it_is_repeated() -> None:
    doc = Document(
        "t.txt",
        "0" * 64,
        "text/plain",
        "They live in Pokrovsk, Ukraine. Pokrovsk fell. Pokrovsk burned.",
        language="en",
    )
    assert [p.span.text for p in places(parse(doc), doc)].count("Pokrovsk") == 3


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_any_text_is_read_and_spans_are_exact(text: str) -> None:
    doc = Document("t.txt", "0" * 64, "text/plain", text, language="en")
    _check(doc)


_WORDS = st.sampled_from(
    "the port of Najin Paris , Texas in North Korea 's Georgia New York Washington D.C. ( ) US U.S. - on Amur River Sea state "
    "province Lake city from near and Saint St. Komsomolsk South said denied virus".split()
)


@given(st.lists(_WORDS, max_size=40))
def test_jumbled_names_are_read(words: list[str]) -> None:
    _check(Document("t.txt", "0" * 64, "text/plain", " ".join(words), language="en"))


def _check(doc: Document) -> None:
    end = 0
    for p in places(parse(doc), doc):
        assert doc.text[p.span.start : p.span.end] == p.span.text
        assert end <= p.span.start < p.span.end
        end = p.span.end
        assert (p.lat is None) == (p.lon is None) == (p.kind == "unknown")
        assert p.lat is None or (-90 <= p.lat <= 90 and p.lon is not None and -180 <= p.lon <= 180)


def test_geovirus_floor(shared: object) -> None:
    """A floor on a slice of the shared development data, as the scorer counts it."""
    import json
    import sys
    from pathlib import Path

    folder = Path(str(shared)) / "eval"
    sys.path.insert(0, str(folder))
    try:
        import score_places
    finally:
        sys.path.remove(str(folder))
    split = folder / "data/places/geovirus"
    gold = [json.loads(x) for x in (split / "gold.jsonl").read_text(encoding="utf-8").splitlines()][::10]
    predictions = {}
    for g in gold:
        text = (split / g["file"]).read_bytes().decode()
        doc = Document(g["file"], "0" * 64, "text/plain", text, language="en")
        g["text"] = text
        found = places(parse(doc), doc)
        predictions[Path(g["file"]).name] = {
            "text": text,
            "places": [
                {"start": p.span.start, "end": p.span.end, "text": p.span.text, "lat": p.lat, "lon": p.lon}
                for p in found
            ],
        }
    result = score_places.score(gold, predictions)
    assert result["tagging"]["f1"] >= 92
    assert result["resolution"]["accuracy_161km"] >= 79
