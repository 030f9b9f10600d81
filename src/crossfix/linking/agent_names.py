"""One key for each way a state, a body or a person is written, so that documents agree on an agent without meeting.

A key is a function of the name and of the tables alone: two documents that write "Sergey Lavrov" and "Sergei Lavrov" come to the
same key whichever was added first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from crossfix.language.lexicon import lexicon
from crossfix.language.names import TITLES, family_first
from crossfix.linking.names import plain_words
from crossfix.reference.holders import tenures
from crossfix.reference.tables import items, rows

_SMALL = frozenset(("of", "the", "for", "and", "in", "on"))
_GOVERNMENT = frozenset(("government", "regime", "side", "state"))
# what makes the rest of a name after a state's adjective a body of that state
_BODY_HEADS = frozenset(
    """
    ministry department agency council parliament army military navy embassy commission committee police court assembly
    congress senate service command forces force cabinet bureau administration treasury guard customs fleet union bank
    party delegation mission intelligence staff secretariat institute centre center office duma
    """.split()
)
_SPELT = {"defence": "defense", "centre": "center", "organisation": "organization", "labour": "labor"}


@dataclass(frozen=True, slots=True)
class Party:
    """What a name says by itself: its key, the name to show where a table has one, the kind where that is plain ("state",
    "organisation", "person", else "unknown"), and the state that a body belongs to."""

    key: str
    name: str | None = None
    kind: str = "unknown"
    of_state: str | None = None
    why: str = "the same name"


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """Every form of a state but its metonyms, as plain words, to its name: "dprk", "north korean", "pyongyang" -> North Korea."""
    out: dict[str, str] = {}
    for row in rows("crossfix.reference", "states.tsv"):
        for form in (row["name"], *(x for c in ("aliases", "adjectives", "capital") for x in items(row[c]))):
            out.setdefault(" ".join(plain_words(form)), row["name"])
    return out


@lru_cache(maxsize=1)
def _bodies() -> dict[str, tuple[str, str | None]]:
    """Known bodies by every key their forms come to: the name used here, and its state."""
    named = {r["name"]: r["state"] for r in rows("crossfix.reference", "bodies.tsv")}
    forms: list[tuple[str, str]] = []
    for r in rows("crossfix.reference", "bodies.tsv"):
        forms += [(x, r["name"]) for x in (r["name"], *items(r["aliases"]))]
    for form, entry in lexicon().forms.items():
        if entry.kind == "organisation":
            forms.append((form, entry.name))
    out: dict[str, tuple[str, str | None]] = {}
    for form, name in forms:
        parted = _parted(plain_words(name))
        state = named.get(name) or (parted[0] if parted and _BODY_HEADS & set(parted[1]) else None)
        out.setdefault(" ".join(plain_words(form)), (name, state))
        parted = _parted(plain_words(form))
        if parted:
            out.setdefault(_body_key(*parted), (name, state))
    return out


@lru_cache(maxsize=1)
def metonyms() -> dict[str, str]:
    """Words that stand for a state's government and name a body of it, as plain words, to the body: "kremlin" -> Kremlin."""
    forms = {x for r in rows("crossfix.reference", "states.tsv") for x in items(r["metonyms"])}
    out = {}
    for form in forms:
        key = " ".join(plain_words(form))
        if key in _bodies():
            out[key] = _bodies()[key][0]
    return out


@lru_cache(maxsize=1)
def _others() -> dict[str, tuple[str, str]]:
    """Known outlets, vessels and satellites by their forms as plain words: kind and the name used here."""
    out: dict[str, tuple[str, str]] = {}
    for form, entry in lexicon().forms.items():
        if entry.kind in ("outlet", "vessel", "satellite"):
            out.setdefault(" ".join(plain_words(form)), (entry.kind, entry.name))
    return out


@lru_cache(maxsize=1)
def _persons() -> dict[str, str]:
    """The keys of known persons' forms of two words or more, to the name used here."""
    out: dict[str, str] = {}
    for t in tenures():
        out.setdefault(person_key(t.name), t.name)
    for form, entry in lexicon().forms.items():
        words = form.split()
        if entry.kind == "person" and len(words) > 1 and words[0].casefold() not in TITLES:
            out[person_key(form)] = entry.name
    return out


def _parted(words: list[str]) -> tuple[str, list[str]] | None:
    """The state that a name begins or ends with, and the other words; None where it has none or nothing else."""
    known = states()
    for n in (3, 2, 1):
        if len(words) > n and (state := known.get(_no_genitive(words[:n]))):
            return state, words[n:]
        if len(words) > n + 1 and words[-n - 1] in ("of", "in") and (state := known.get(" ".join(words[-n:]))):
            return state, words[: -n - 1]
        if len(words) > n + 2 and words[-n - 2 : -n] == ["of", "the"] and (state := known.get(" ".join(words[-n:]))):
            return state, words[: -n - 2]
    return None


def _no_genitive(words: list[str]) -> str:
    joined = " ".join(words)
    return joined.removesuffix(" s")


def _body_key(state: str, rest: list[str]) -> str:
    kept = {_SPELT.get(w, w) for w in rest} - _SMALL - {"s"}
    if kept & {"ministry", "minister"}:
        kept -= {"national", "affairs"}
    return f"{state.casefold()}: {' '.join(sorted(kept))}"


def _slavic(words: list[str]) -> bool:
    last = words[-1]
    ends = ("ov", "ova", "ev", "eva", "sky", "skiy", "skyy", "skii", "skaya", "enko", "chuk", "ich", "yuk")
    return last.endswith(ends) or _russian(words[0]) in _GIVEN


def _russian(word: str) -> str:
    """A Russian or Ukrainian name as one spelling: Sergey, Sergei, Sergej; Dmitri, Dmitriy; Yevgeny, Evgeniy; Aleksandr."""
    for a, b in (("yev", "ev"), ("ye", "e"), ("shch", "sch"), ("ks", "x"), ("dzh", "j"), ("ss", "s"), ("ll", "l")):
        word = word.replace(a, b)
    for ends, one in ((("iy", "yy", "ii", "ij", "yi"), "i"), (("ey", "ei", "ej"), "ei"), (("y",), "i")):
        for end in ends:
            if word.endswith(end) and len(word) > len(end) + 2:
                word = word.removesuffix(end) + one
                break
    word = word.replace("ya", "ia").replace("ja", "ia").replace("yu", "iu").replace("ju", "iu").replace("yo", "io")
    return "alexandr" if word == "alexander" else word


_GIVEN = frozenset(
    """
    sergei dmitri dmitro andrei andri alexei oleksi nikolai vasili iuri igor oleg vladimir volodimir evgeni georgi valeri
    anatoli gennadi arkadi grigori mikhail alexandr oleksandr vitali viacheslav iaroslav iana natalia maria anna tatiana
    """.split()
)


def _korean(words: list[str]) -> str:
    """A name with the family name first and two syllables after it: the syllables run together, the usual doublets as one."""
    given = "".join(words[1:]).replace("eun", "un").replace("yeo", "yo").replace("jeong", "jong").replace("seon", "son")
    return f"{words[0]} {given}"


def person_key(name: str) -> str:
    """One form for a full name: without case, accents, titles, initials and hyphens; Korean given names run together, Russian and
    Ukrainian names in one spelling. Two people whose full names differ otherwise keep two keys."""
    words = plain_words(name)
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    full = [w for w in words if len(w) > 1 and w != "hw"]
    if full == ["george", "bush"]:  # two presidents whom initials alone tell apart
        return " ".join(["george", "".join(words[1:-1]), "bush"])
    if len(full) >= 2:
        words = full
    if len(words) == 3 and family_first(words[0]) and all(len(w) <= 6 for w in words[1:]):
        return _korean(words)
    if len(words) == 2 and family_first(words[0]) and words[0] in ("kim", "lee", "pak", "park", "choe", "choi", "ri"):
        return _korean(words)
    if len(words) >= 2 and _slavic(words):
        return " ".join(_russian(w) for w in words)
    return " ".join(words)


@lru_cache(maxsize=65536)
def party(name: str) -> Party:
    """What a name says by itself; an empty key where it names nobody."""
    words = plain_words(name)
    joined = _no_genitive(words)
    if not joined:
        return Party("")
    if joined in states():
        state = states()[joined]
        return Party(
            state.casefold(), state, "state", None, "" if joined == state.casefold() else "a form of the state's name"
        )
    capital = any(c.isupper() for c in name)  # "congress" may be a party's, "Congress" is known
    body = _bodies().get(joined) if capital else None
    parted = _parted(words)
    if body is None and parted is not None:
        state, rest = parted
        if set(rest) - _SMALL <= _GOVERNMENT:
            return Party(state.casefold(), state, "state", None, "the government stands for the state")
        body = _bodies().get(_body_key(state, rest))
        if body is None and joined not in _others() and (rest[-1] in _BODY_HEADS or rest[0] in _BODY_HEADS):
            return Party(_body_key(state, rest), None, "organisation", state, "the same body of the state")
    if body is not None:
        shown, of = body
        key = " ".join(plain_words(shown))
        kind = _others().get(key, ("organisation", ""))[0]
        return Party(key, shown, kind, of, "a known form of the body's name")
    if joined in _others() and capital:
        kind, shown = _others()[joined]
        return Party(" ".join(plain_words(shown)), shown, kind, None, "a known form of the name")
    if len(words) > 1:
        key = person_key(name)
        known = _persons().get(key)
        if known is not None:
            return Party(person_key(known), known, "person", None, "a known form of the name")
        return Party(key)
    return Party(joined)
