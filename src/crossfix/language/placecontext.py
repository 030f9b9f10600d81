"""Place names that the parser took for persons, bodies or nothing: known by the words around them.

A capitalised name that the gazetteer has is a place after "in" or "village of", before "province", with a container after it ("X,
Vietnam"), or in a list with places. How much is asked of it depends on the document: a small town counts in a country that the
document speaks of.
"""

from __future__ import annotations

from crossfix.language.parse import Parse, Token
from crossfix.language.placetypes import NEVER, Mention, mention
from crossfix.reference.gazetteer import Entry, gazetteer
from crossfix.reference.geography import Tables, tables

# Nouns right after a name that make it a place's: "the Dadaab camps".
_AFTER = frozenset(
    "province provinces district districts county counties region regions area areas city town village villages "
    "state states prefecture "
    "governorate oblast krai parish municipality island islands suburb suburbs neighborhood neighbourhood farm "
    "farms mine camp camps "
    "hospital laboratory racecourse airport port valley border checkpoint refinery plant reactor prison jail harbor "
    "harbour station stadium "
    "township borough precinct metro metropolitan residents resident native police mayor barracks airfield airbase "
    "shipyard".split()
)
# Nouns before "of" or right before a name that announce a place.
_BEFORE = frozenset(
    "province provinces district districts county counties region regions area city cities town towns village "
    "villages state states "
    "prefecture governorate oblast parish municipality island islands suburb suburbs neighborhood hamlet port "
    "community communities township "
    "borough resident residents people mayor governor outskirts streets capital citizens natives south north east "
    "west miles kilometers "
    "kilometres university universities settlement peninsula bay coast".split()
)
_FOLK = frozenset(
    "man woman men women teen teenager couple family native resident residents officer police firefighter mother father boy girl "
    "student students lawyer attorney businessman judge pastor teacher driver doctor home house church school".split()
)
_VERSUS = frozenset(("v.", "vs.", "v", "vs"))
_HOLDINGS = frozenset(
    "stake stakes interest interests share shares stock holding holdings investment invested position".split()
)
_ADMIN = frozenset(
    "province provinces district districts county counties region regions area city town village state governorate oblast parish".split()
)
_BESIDE = frozenset(
    "province district county region city town village state island suburb slum capital port township municipality".split()
)
_LOCAL = frozenset(
    "City County Police Sheriff Council Unified Regional Provincial Municipal Mayor Fire Health Airport "
    "Racecourse District Pollution".split()
)
_CALENDAR = frozenset(
    "January February March April May June July August September October November December Spring Summer Autumn "
    "Fall Winter Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday Easter Christmas Ramadan".split()
)
# A name after these, with "of", is a place's even where no table has it.
_SURE = frozenset(
    "village villages town towns city province provinces district districts county suburb island municipality "
    "hamlet governorate oblast".split()
)
_SURE_AFTER = frozenset("province provinces district districts governorate oblast prefecture village".split())
_NEAR = frozenset("in near outside inside around".split())
_MAYBE = frozenset("from to into towards toward through across over via between".split())
_LINK = frozenset((",", "and", "or", "&", ";"))
_SMALL = frozenset("de do da del della di la le el al les sur upon en of kwa an ul i".split())
_TITLES = frozenset(
    "mr mrs ms dr sen rep gov president minister prime judge sheriff coach gen col lt sgt capt prof rev mayor".split()
)
_SAY = frozenset("say tell add note explain write argue recall announce ask reply comment".split())
_OPENS = frozenset("no yes but and the a an it he she they we i this that there if when while after before".split())


def persons(parse: Parse) -> frozenset[str]:
    """Words the document uses as persons' names: parts of longer names, names after a title, lone names that say "
    "something."""
    out: set[str] = set()
    tokens = parse.tokens
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if t.ent == "PERSON":
            j = i + 1
            while (
                j < len(tokens) and tokens[j].ent == "PERSON" and not tokens[j].ent_start and tokens[j].sent == t.sent
            ):
                j += 1
            words = [x.text for x in tokens[i:j] if x.text[:1].isupper() and x.lower.rstrip(".") not in _TITLES]
            if (
                len(words) > 1
                and not any(x.lower() in _BEFORE or x.lower() in _AFTER for x in words)
                and not any(x.text in (",", "and") for x in tokens[i:j])
                and not _known(parse.text[t.start : tokens[j - 1].end])
            ):
                out.update(words)
            i = j
            continue
        if t.pos == "PROPN" and i and tokens[i - 1].lower.rstrip(".") in _TITLES and tokens[i - 1].text[:1].isupper():
            out.add(t.text)
        i += 1
    for t in tokens:
        if t.dep == "nsubj" and t.pos == "PROPN" and not t.children and parse.head(t).lemma in _SAY and t.ent != "GPE":
            out.add(t.text)
    return frozenset(out)


def speakers(parse: Parse) -> frozenset[str]:
    """Single names that say something, whatever the parser took them for."""
    return frozenset(
        t.text
        for t in parse.tokens
        if t.dep == "nsubj" and t.pos == "PROPN" and parse.head(t).lemma in _SAY and not t.children
    )


def _common(parse: Parse) -> frozenset[str]:
    """Words that the document also writes small: "the Federal mine" beside "federal"."""
    return frozenset(t.text for t in parse.tokens if t.text.islower() and len(t.text) > 3)


def _known(text: str) -> bool:
    return bool(tables().find(text) or gazetteer().find(text))


def _joined(parse: Parse, i: int) -> bool:
    """True where token i follows the one before with nothing between."""
    return i > 0 and parse.tokens[i].start == parse.tokens[i - 1].end


def _runs(parse: Parse, taken: dict[int, Mention]) -> list[tuple[int, int]]:
    """Free capitalised stretches, as token indices: the longest that the gazetteer has, or else the whole."""
    tokens, index, out = parse.tokens, gazetteer(), []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if i in taken or not _capital(t) or (_joined(parse, i) and tokens[i - 1].text in ("-", "–")):
            i += 1
            continue
        j = i + 1
        while j < len(tokens) and tokens[j].sent == t.sent and j not in taken and j - i < 7:
            x = tokens[j]
            hyphen = x.text in ("-", "–") and _joined(parse, j) and j + 1 < len(tokens) and _joined(parse, j + 1)
            after = j + 1 < len(tokens) and tokens[j + 1].text[:1].isupper() and tokens[j + 1].sent == t.sent
            if not (x.text[:1].isupper() or hyphen or (x.lower in _SMALL and after)):
                break
            j += 1
        stop = next(
            (
                k
                for k in range(j, i, -1)
                if tokens[k - 1].text[-1:].isalnum() and index.find(parse.text[t.start : tokens[k - 1].end])
            ),
            0,
        )
        out.append((i, stop or j))
        i = max(j, i + 1)
    return out


def _capital(t: Token) -> bool:
    if not t.text[:1].isupper() or (t.text.isupper() and len(t.text) <= 5) or len(t.text) < 2:
        return False
    if t.ent in ("DATE", "TIME", "MONEY", "LAW", "LANGUAGE"):
        return False
    if t.tag in ("NNP", "NNPS"):
        return True
    return bool(t.ent in ("ORG", "NORP", "PERSON", "GPE", "FAC", "LOC", "PRODUCT")) and t.lower not in _OPENS


def grow(
    parse: Parse, taken: dict[int, Mention], countries: frozenset[str], known: Tables, people: frozenset[str]
) -> None:
    """Add to ``taken`` (token index -> mention) the names that their surroundings show to be places."""
    runs = _runs(parse, taken)
    common = _common(parse)
    for turn in range(4):
        fresh = False
        rest = []
        for first, stop in runs if turn % 2 == 0 else reversed(runs):
            if any(i in taken for i in range(first, stop)):
                continue
            if _judge(parse, first, stop, taken, countries, known, people, common):
                m = mention(parse, first, stop, sure=False, label="context")
                for i in range(first, stop):
                    taken[i] = m
                fresh = True
            else:
                rest.append((first, stop))
        runs = rest if turn % 2 == 0 else rest[::-1]
        if not fresh:
            return


def _judge(
    parse: Parse,
    first: int,
    stop: int,
    taken: dict[int, Mention],
    countries: frozenset[str],
    known: Tables,
    people: frozenset[str],
    common: frozenset[str],
) -> bool:
    tokens = parse.tokens
    head = tokens[first]
    text = parse.text[head.start : tokens[stop - 1].end]
    if text in known.demonyms or text in _CALENDAR or text in NEVER or text.lower() in common:
        return False
    sent = head.sent
    follows = tokens[stop] if stop < len(tokens) and tokens[stop].sent == sent else None
    if follows is not None and follows.text[:1].isupper() and follows.text.isalpha():
        # part of a longer name; a local body's begins with its place's
        if follows.text not in _LOCAL or head.text in people:
            return False
        found = gazetteer().find(text)
        return _local(found, countries, 10_000) or _populous(found, 200_000)

    def word(i: int) -> str:
        return tokens[i].lower if 0 <= i < len(tokens) and tokens[i].sent == sent else ""

    before, after = word(first - 1), word(stop)
    the = before == "the"
    if the:
        before = word(first - 2) if word(first - 2) in ("of", "in") else before
        back = first - 2 if before in ("of", "in") else first - 1
    else:
        back = first - 1
    lower_after = stop < len(tokens) and tokens[stop].text.islower()
    kind_after = lower_after and after in _AFTER
    if lower_after and after in _FOLK and word(first - 1) in ("a", "an", "the", "two", "three"):
        kind_after = True  # "a Medford woman"
    kind_of = before in ("of", "called", "named") and word(back - 1) in _BEFORE
    kind_beside = before in _BESIDE and tokens[first - 1].text.islower() and head.ent != "PERSON"
    entries = gazetteer().find(text)
    if not entries:
        if (
            any(w.text in people for w in tokens[first:stop])
            or (head.ent == "PERSON" and stop - first > 1)
            or head.tag == "JJ"
        ):
            return False
        return (before == "of" and word(back - 1) in _SURE) or (
            lower_after and after in _SURE_AFTER and head.ent != "PERSON"
        )
    if before == "in" and word(back - 1) in _HOLDINGS:
        return False  # "a stake in Mesa"
    if tokens[stop - 1].text in ("County", "Parish") and any(e.primary and e.kind == "county" for e in entries):
        return True
    container = not the and _container(parse, stop, taken)
    if kind_after and after not in _ADMIN and head.text in people:
        return False
    if before in _VERSUS or after in _VERSUS:
        return False
    if kind_of or kind_after or kind_beside:
        return _local(entries, countries, 0) or _populous(entries, 2000)
    if container:
        return before in _NEAR | _MAYBE | {"at", "of", "and", ",", "the", "(", ""} and (
            _local(entries, countries, 0) or _populous(entries, 500)
        )
    if any(w.text in people for w in tokens[first:stop]):
        return False
    if _listed(parse, first, stop, taken):
        return _local(entries, countries, 0) or _populous(entries, 50_000)
    if after in ("'s", "’s") and head.ent in ("PERSON", "ORG"):
        return False
    if the or (before == "between" and head.ent == "ORG"):
        return False
    if before in _NEAR:
        if head.ent == "PERSON" or head.ent == "WORK_OF_ART":
            return _local(entries, countries, 1000) or _populous(entries, 100_000)
        return _local(entries, countries, 0) or _populous(entries, 20_000 if head.ent else 3000)
    if before in _MAYBE or kind_beside:
        if head.ent == "PERSON" and not _series(parse, stop, countries):
            return before == "from" and stop - first == 1 and _local(entries, countries, 5000)
        return _local(entries, countries, 500) or _populous(entries, 100_000)
    return False


def _series(parse: Parse, stop: int, countries: frozenset[str]) -> bool:
    """True where another town's name follows after a comma or "and": "from Bonham, Clarksville and Sherman"."""
    tokens = parse.tokens
    if stop + 1 >= len(tokens) or tokens[stop].lower not in (",", "and") or not _capital(tokens[stop + 1]):
        return False
    return _local(gazetteer().find(tokens[stop + 1].text), countries, 1000)


def _local(entries: list[Entry], countries: frozenset[str], people: int) -> bool:
    return any(
        e.country in countries and e.population >= people and (e.primary or e.population >= 2000) for e in entries
    )


def _populous(entries: list[Entry], people: int) -> bool:
    return any(e.population >= people and (e.primary or e.population >= 5 * people) for e in entries)


def _container(parse: Parse, stop: int, taken: dict[int, Mention]) -> bool:
    """True where a place follows that this one may lie in: "X, Vietnam", "X in northern Peru"."""
    tokens = parse.tokens
    if (
        stop + 1 >= len(tokens)
        or tokens[stop].text not in (",", "(", "in")
        or tokens[stop].sent != tokens[stop - 1].sent
    ):
        return False
    k = stop + 1
    if tokens[stop].text == "," and tokens[k].lower == "in":
        k += 1
    while (
        k < len(tokens)
        and k < stop + 4
        and (tokens[k].lower in ("the", "state") or tokens[k].lower.endswith(("ern", "central")))
        and k not in taken
    ):
        k += 1
    if k >= len(tokens) or k not in taken or tokens[k].sent != tokens[stop].sent:
        return False
    return tokens[stop].text != "," or _area(taken[k])


def _area(m: Mention) -> bool:
    if tables().find(m.text):
        return True
    return any(e.kind != "city" for e in gazetteer().find(m.text))


def _listed(parse: Parse, first: int, stop: int, taken: dict[int, Mention]) -> bool:
    """True for a member of a list with places: "Rogaland, Vestfold and Oslo"."""
    tokens = parse.tokens
    sent = tokens[first].sent
    back, on = first - 1, stop
    while back >= 0 and tokens[back].lower in _LINK and tokens[back].sent == sent and first - back < 3:
        back -= 1
    while on < len(tokens) and tokens[on].lower in _LINK and tokens[on].sent == sent and on - stop < 2:
        on += 1
    left = back < first - 1 and back in taken and tokens[back].sent == sent
    right = on > stop and on in taken and tokens[on].sent == sent
    if left and right:
        return True
    follows = tokens[stop] if stop < len(tokens) else None
    closed = (
        follows is None
        or follows.text in (",", ".", ";", ")", "and", "or")
        or follows.pos in ("ADP", "VERB", "AUX", "PUNCT", "SCONJ")
    )
    if follows is not None and (follows.lemma in _SAY or follows.pos in ("PROPN",)):
        return False
    if left:
        link = [tokens[k].lower for k in range(back + 1, first)]
        return closed and (
            link[-1] in ("and", "or", "&") or (follows is not None and follows.text in (",", "and", "or"))
        )
    if right:
        before = tokens[first - 1].lower if first and tokens[first - 1].sent == sent else ""
        return before in _NEAR | _MAYBE | {"at", ":", "of", ",", "and", ""} or tokens[stop].lower in ("and", "or")
    return False
