"""Places in local news, agents, romanisations, areas. All texts are ours."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossfix.language.parse import Parse, parse
from crossfix.language.placeroman import korean_key, russian_key, variants
from crossfix.language.places import places
from crossfix.model import Document, Place


def read(text: str, outlet: str | None = None) -> dict[str, Place]:
    """The last place of each text."""
    doc = Document("t.txt", "0" * 64, "text/plain", text, language="en", outlet=outlet)
    return {p.span.text: p for p in places(parse(doc), doc)}


def near(p: Place, lat: float, lon: float) -> bool:
    return p.lat is not None and p.lon is not None and abs(p.lat - lat) < 0.4 and abs(p.lon - lon) < 0.4


LAMAR = (
    "A Paris man was jailed Tuesday in Lamar County. Deputies from Bonham, Clarksville and Sherman helped. The crash near Reno and "
    "Blossom closed the road to Hugo, Oklahoma. Red River County was spared."
)
OHIO = (
    "COLUMBUS - Ohio lawmakers from Dayton, Toledo and Lima met Tuesday in Columbus. Franklin County Commissioner Mary Washington said "
    "the river flooded Circleville and London. Delaware and Newark were spared."
)
KENTUCKY = (
    "LEXINGTON, Ky. (AP) - Police in Lexington, Ky., said two men from Florence, Ala., and Salem, Va. were held. Sheriff Bill Witt thanked "
    "officers in Paris, Winchester and Versailles."
)


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon"),
    [
        (LAMAR, "Paris", 33.66, -95.56),
        (LAMAR, "Clarksville", 33.6, -95.05),
        (LAMAR, "Reno", 33.66, -95.46),
        (LAMAR, "Lamar County", 33.67, -95.57),
        (OHIO, "London", 39.89, -83.45),
        (OHIO, "Lima", 40.74, -84.1),
        (OHIO, "Delaware", 40.3, -83.07),
        (OHIO, "Newark", 40.06, -82.4),
        (OHIO, "Franklin County", 39.97, -83.0),
        (KENTUCKY, "Versailles", 38.05, -84.73),
        (KENTUCKY, "Florence", 34.8, -87.68),
        (KENTUCKY, "Salem", 37.29, -80.05),
        (
            "Police in Athens said water from Watkinsville and Bogart in Oconee County, Georgia, is safe.",
            "Athens",
            33.95,
            -83.37,
        ),
        ("He moved from Portland, Ore. to Portland, Maine.", "Portland", 43.66, -70.26),
        ("Fire crews from Paris, TX, and Buffalo, N.Y. met.", "Paris", 33.66, -95.56),
        ("Talks were held in Athens, Greece.", "Athens", 37.98, 23.73),
    ],
)
def test_small_towns_are_told_by_their_neighbours(text: str, name: str, lat: float, lon: float) -> None:
    found = read(text)
    assert name in found, sorted(found)
    assert near(found[name], lat, lon), found[name]


def test_the_world_news_sense_stays_where_nothing_points_elsewhere() -> None:
    found = read(
        "LONDON - Ministers from Paris, Berlin and Athens met in London. Officials in Moscow and Birmingham were told."
    )
    assert near(found["Paris"], 48.85, 2.35)
    assert near(found["Athens"], 37.98, 23.73)
    assert near(found["Moscow"], 55.75, 37.6)
    assert found["Birmingham"].country == "GB"


def test_the_outlet_tells_the_region() -> None:
    text = "Residents of Paris and Athens spoke to the council."
    assert read(text, outlet="The Texas Ledger")["Athens"].country == "US"
    assert read(text)["Athens"].country == "GR"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Officials in Alabama, Texas and Georgia spoke.", "US"),
        ("A Macon man fled across Georgia. Savannah and Augusta police helped.", "US"),
        ("Police in Savannah, Georgia, held a man.", "US"),
        ("Ministers will meet in Georgia, where Tbilisi hosts talks.", "GE"),
        ("Troops from Russia entered Georgia; Armenia closed its border.", "GE"),
    ],
)
def test_which_georgia(text: str, country: str) -> None:
    assert read(text)["Georgia"].country == country


def test_a_list_of_states_is_no_list_of_cities() -> None:
    assert read("Cases rose in Oregon, Washington and Idaho.")["Washington"].kind == "region"
    assert read("He met aides in Washington on Monday.")["Washington"].kind == "capital"


def test_names_in_a_list_that_the_parser_misses() -> None:
    found = read("Birds were kept indoors in Rogaland, Vestfold, Buskerud, Telemark and Oslo in Norway.")
    assert {"Rogaland", "Vestfold", "Buskerud", "Telemark", "Oslo"} <= set(found)
    assert all(found[n].country == "NO" for n in ("Rogaland", "Telemark", "Oslo"))


def test_an_unknown_village_is_kept_and_says_so() -> None:
    place = read("The army shelled the village of Qwyrtholm in Ukraine.")["Qwyrtholm"]
    assert (place.kind, place.lat, place.lon, place.country) == ("unknown", None, None, None)


def test_a_town_is_not_taken_for_its_namesake_abroad() -> None:
    """No Qeshm Falls is in Ontario: better none than one in another land."""
    place = read("His truck was stopped in Stroud, Ontario, Canada.").get("Stroud")
    assert place is None or place.country in (None, "CA")


def test_areas_have_an_extent_and_an_id() -> None:
    found = read("Ships left Texas for the Black Sea and Ukraine. A depot in Houston burned.")
    assert found["Texas"].radius_km == pytest.approx(550, abs=200)
    assert found["Texas"].geonames_id == 4736286
    assert found["Ukraine"].geonames_id == 690791
    assert found["Black Sea"].radius_km
    assert found["Houston"].radius_km is None


# -------------------------------------------------------------------- who acts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Pyongyang denied the charge.", "Pyongyang"),
        ("Moscow wants more shells.", "Moscow"),
        ("Moscow's position is clear.", "Moscow"),
        ("Talks between Washington and Seoul stalled.", "Washington"),
        ("Talks between Washington and Seoul stalled.", "Seoul"),
        ("Seoul and Tokyo condemned the launch.", "Tokyo"),
        ("The Kremlin and Moscow deny it.", "Moscow"),
        ("The test was condemned by Beijing.", "Beijing"),
        ("Pyongyang was accused of cheating.", "Pyongyang"),
        ("The envoy accused Tehran of lying.", "Tehran"),
        ("Pressure on Pyongyang grew.", "Pyongyang"),
        ("Ties with Moscow deepened.", "Moscow"),
        ("Russia said nothing.", "Russia"),
    ],
)
def test_a_capital_that_acts_is_an_agent(text: str, name: str) -> None:
    assert read(text)[name].agentive


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shops in Moscow closed.", "Moscow"),
        ("He flew to Pyongyang.", "Pyongyang"),
        ("Moscow's streets were empty.", "Moscow"),
        ("Putin visited Pyongyang.", "Pyongyang"),
        ("The summit was held in Seoul and Tokyo.", "Tokyo"),
        ("The envoy left for Beijing.", "Beijing"),
        ("A train ran between Moscow and Minsk.", "Moscow"),
        ("Russia borders North Korea.", "Russia"),
        ("SEOUL, Feb. 3 (Yonhap) - The army said so.", "SEOUL"),
        ("Protests near Tehran grew.", "Tehran"),
    ],
)
def test_a_spot_is_no_agent(text: str, name: str) -> None:
    assert not read(text)[name].agentive


# -------------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    "names",
    [
        ("Chongjin", "Ch'ŏngjin", "Cheongjin"), ("Sinuiju", "Sinŭiju", "Shinuiju"), ("Wonsan", "Wŏnsan", "Weonsan"),
        ("Tongchang-ri", "Dongchang-ri", "Tongch'ang-ri"), ("Kusong", "Kuseong", "Kusŏng"), ("Najin", "Rajin"), ("Uiju", "Ŭiju"),
        ("Hoeryong", "Hoeryeong", "Hweryong"), ("Pyongyang", "P'yŏngyang", "Pyeongyang"), ("Kangwon", "Gangwon"),
    ],
)  # fmt: skip
def test_korean_spellings_have_one_key(names: tuple[str, ...]) -> None:
    assert len({korean_key(n) for n in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Dunai", "Dunay", "Dunaj"), ("Komsomolsk-on-Amur", "Komsomolsk-na-Amure", "Komsomol'sk-na-Amure"), ("Khasan", "Hasan"),
        ("Rostov-on-Don", "Rostov-na-Donu"), ("Tikhoretsk", "Tihoreck"), ("Nizhny Novgorod", "Nizhniy Novgorod", "Nizhnij Novgorod"),
    ],
)  # fmt: skip
def test_russian_spellings_have_one_key(names: tuple[str, ...]) -> None:
    assert len({russian_key(n) for n in names}) == 1


def test_other_names_keep_other_keys() -> None:
    assert len({korean_key(n) for n in ("Wonsan", "Nampo", "Kaesong", "Hamhung", "Chongju", "Chongjin")}) == 6
    assert len({russian_key(n) for n in ("Kursk", "Kansk", "Omsk", "Tomsk", "Khasan", "Kazan")}) == 6


def test_spellings_join_only_where_the_document_speaks_of_the_land() -> None:
    assert {e.country for e in variants("Cheongjin", {"KP"})} == {"KP"}
    assert variants("Cheongjin", {"US", "FR"}) == []
    assert variants("Springfield", {"KP", "RU"}) == []
    found = read("North Korea moved shells through Cheongjin and Wŏnsan.")
    assert near(found["Cheongjin"], 41.8, 129.78)
    assert near(found["Wŏnsan"], 39.15, 127.44)


def test_common_english_names_never_join() -> None:
    for word in (
        "Washington",
        "London",
        "Harris",
        "Bolton",
        "Blinken",
        "Kirby",
        "Boston",
        "Lincoln",
        "Madison",
        "Georgia",
        "Jordan",
    ):
        assert not [e for e in variants(word, {"KP", "KR", "RU", "UA"}) if e.name.lower() != word.lower()], word


# -------------------------------------------------------------------- shape


_WORDS = st.sampled_from(
    "Paris Texas , and in near Georgia Washington Moscow 's said wants of the village County Springfield Ill. ( ) - Athens London "
    "Kansas City Rio Grande do Sul West Kasai province from between Fort Lake X Darfur Malakal . ; officials".split()
)


@settings(deadline=None, max_examples=40)
@given(st.lists(_WORDS, max_size=50))
def test_spans_are_exact_and_never_overlap(words: list[str]) -> None:
    doc = Document("t.txt", "0" * 64, "text/plain", " ".join(words), language="en")
    end = 0
    for p in places(parse(doc), doc):
        assert doc.text[p.span.start : p.span.end] == p.span.text
        assert end <= p.span.start < p.span.end
        end = p.span.end
        assert (p.lat is None) == (p.kind == "unknown")
        assert p.radius_km is None or p.radius_km > 0


def _times(tree: Parse, doc: Document) -> float:
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        places(tree, doc)
        best = min(best, time.process_time() - start)
    return best


def test_the_time_grows_with_the_text_only() -> None:
    cost = []
    for n in (10, 40):
        doc = Document("t.txt", "0" * 64, "text/plain", (LAMAR + "\n\n" + OHIO + "\n\n") * n, language="en")
        cost.append(_times(parse(doc), doc))
    assert cost[1] < 4 * 3 * cost[0], cost


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon"),
    [
        ("They flew from Manchester, N.H., to Burlington, Vt.", "Burlington", 44.48, -73.21),
        (
            "Calcasieu Parish deputies arrested a Sulphur man. He was booked in Lake Charles, Louisiana.",
            "Sulphur",
            30.24,
            -93.38,
        ),
        (
            "Somerville and Cambridge police in Massachusetts said a Medford woman was arrested.",
            "Medford",
            42.42,
            -71.11,
        ),
        ("French police raided flats in Saint-Denis, and Belgium closed its border.", "Saint-Denis", 48.94, 2.36),
    ],
)
def test_folk_and_abbreviations(text: str, name: str, lat: float, lon: float) -> None:
    found = read(text)
    assert name in found, sorted(found)
    assert near(found[name], lat, lon), found[name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The fund has a stake in Mesa.", "Mesa"),
        ("Members of Congress from Ohio met.", "Congress"),
        ("The ruling in Brown v. Board stood.", "Brown"),
        ("Tom Houston of Dallas spoke. Houston said no.", "Houston"),
        ("It happened in March in Kenya.", "March"),
        ("Protests shook the Arab world and Egypt.", "Arab"),
    ],
)
def test_words_that_name_a_town_somewhere_are_not_places_here(text: str, name: str) -> None:
    assert name not in read(text)
