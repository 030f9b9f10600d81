"""What a text says around a name, held against an entry of the list: state, office, age, and the words of the trade."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from crossfix.checking.case import Paper
from crossfix.checking.designation_match import Match, index
from crossfix.checking.designation_names import KOREAN_FAMILY, words_of
from crossfix.record.rows import AgentRow
from crossfix.reference import tables
from crossfix.reference.un_list import Listed, listed

_TRADE = {
    "Al-Qaida": r"Qa[ei]da|Islamic State|\bISI[SL]\b|\bDa[e']?esh|jihadi",
    "Taliban": r"Taliban|Haqqani",
    "Somalia": r"Shaba+b|Somali",
    "DRC": r"Congo|\bM23\b|\bFDLR\b",
    "CAR": r"Central African|Lord[’']s Resistance",
    "Iraq": r"Saddam|Ba[’']?ath",
    "Libya": r"Libya",
    "Yemen": r"Houthi|Yemen",
}
"""Words of the text that go with a list."""
_DULL = frozenset(
    "official officer director deputy vice former chief head representative president chairman member senior general secretary first "
    "overseas under regime the and for was has with served dprk korea korean democratic republic minister ministry department governor "
    "province committee commission manager main leader commander state national foreign affairs second third of in at to branch "
    "party workers people".split()
)
AGE = "the age told"
"""How a reason against begins that is an age."""
_SHIP = re.compile(r"\b(?:vessels?|ships?|tankers?|freighters?|cargo|M/?V|M/?T|flagged|IMO|port)\b", re.I)
_SANCTIONS = re.compile(r"North Korea|\bDPRK|Pyongyang|sanction", re.I)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a name stands: the passage, its sentence, a little before it, the document's day, which states the document names."""

    document: str
    start: int
    end: int
    sentence: str
    before: str
    after: str
    text: str
    dated: dt.date | None


def context_of(paper: Paper, start: int, end: int) -> Context:
    """What stands around [start, end)."""
    a, b = paper.sentence(start)
    days = paper.dated
    return Context(
        document=paper.sha256,
        start=start,
        end=end,
        sentence=paper.text[a : max(b, end)],
        before=paper.text[max(0, start - 60) : start],
        after=paper.text[end : end + 60],
        text=paper.text,
        dated=days.last if days else None,
    )


@cache
def state_words(state: str) -> re.Pattern[str]:
    """The names, adjectives and capital of a state; for a name that the table of states has not, the name itself."""
    told = {state}
    for row in tables.rows("crossfix.reference", "states.tsv"):
        if state == row["name"] or state in tables.items(row["aliases"]):
            told |= {
                row["name"],
                *(w for column in ("aliases", "adjectives", "capital") for w in tables.items(row[column])),
            }
    told = {w for w in told if len(w) > 2}  # "NK" and such stand for too much else
    words = sorted((re.escape(w) for w in told if w), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.I if len(state) > 3 else 0)


@cache
def _office_words(entry: Listed) -> frozenset[str]:
    """The telling words of the offices of an entry."""
    found = {w for o in entry.office for w in words_of(o) if len(w) > 3 and w not in _DULL}
    return frozenset(found - {w for p in entry.parts for w in words_of(p)})


def agreement(contexts: Sequence[Context], agent: AgentRow | None, match: Match) -> tuple[list[str], list[str], str]:
    """(what speaks for it, what against, the level of agreement). Levels: "other", "none", "document", "sentence" (bodies: "beside"),
    "office"."""
    entry = match.entry
    pro, con = [f"the name is {'the same' if match.score == 1.0 else 'spelled alike'} ({match.spelling})"], []
    states = [s for s in entry.states if s]
    of = _states_of(agent)
    if of and states and not of & set(states):
        return pro, [f"the texts give an office of {', '.join(sorted(of))}"], "other"
    level = "none"
    trade = re.compile(_TRADE[entry.list], re.I) if entry.list in _TRADE else None
    for c in contexts:
        level = max(level, _level(c, states, trade, entry), key=_ORDER.index)
    if of & set(states):
        level = max(level, "beside" if entry.kind == "entity" else "sentence", key=_ORDER.index)
    if entry.list == "DPRK" and entry.kind == "person" and level in ("document", "sentence") and _southern(contexts):
        return pro, ["the text calls the named one South Korean"], "other"
    if level != "none":
        place = {
            "document": "in the text",
            "sentence": "in the sentence",
            "beside": "beside the name",
            "office": "in the sentence",
        }[level]
        pro.append(
            f"{' or '.join(states[:3]) + ' or what the list is about' if states else 'what the list is about'} is named {place}"
        )
    if level == "office":
        pro.append("an office or trade like the listed one is told")
    elif entry.kind == "person" and entry.office:
        con.append(f"the listed office ({entry.office[0]}) is not told")
    _ages(contexts, entry, pro, con)
    if match.quality == "low":
        con.append("the list itself calls this alias weak")
    if match.how == "Korean syllables" and len(match.entry.parts) and match.score < 1.0:
        con.append("the spelling differs")
    return pro, con, level


_ORDER = ["none", "document", "sentence", "beside", "office"]


def _states_of(agent: AgentRow | None) -> set[str]:
    """The states that an agent's offices and bodies belong to, as far as they are states."""
    if agent is None:
        return set()
    names = {agent.of_state} | {o.of for o in agent.offices}
    known = {row["name"] for row in tables.rows("crossfix.reference", "states.tsv")}
    return {n for n in names if n in known}


def _level(c: Context, states: Sequence[str], trade: re.Pattern[str] | None, entry: Listed) -> str:
    office = _office_words(entry)
    near = set(words_of(c.before + " " + c.after)) & office
    here = any(state_words(s).search(c.sentence) for s in states) or (
        trade is not None and trade.search(c.sentence) is not None
    )
    if entry.kind == "person":
        if here and near:
            return "office"
        if here:
            return "sentence"
    elif _beside(c, states):
        return "beside"
    far = any(state_words(s).search(c.text) for s in states) or (trade is not None and trade.search(c.text) is not None)
    return "document" if far or (not states and trade is None) else "none"


def _beside(c: Context, states: Sequence[str]) -> bool:
    """True where the state stands right before a body's name ("North Korea's Ministry of Defence") or right after it with "of"."""
    for s in states:
        words = state_words(s).pattern
        if re.search(words + r"(?:[’']s)?\s+(?:\w+\s+)?$", c.before, re.I) or re.match(
            rf"\s*(?:\([A-Z]+\)\s*)?of\s+(?:the\s+)?{words}", c.after, re.I
        ):
            return True
    return False


def _southern(contexts: Sequence[Context]) -> bool:
    return any(re.search(r"South Korean?|\bROK\b|Seoul", c.before + " " + c.after) for c in contexts)


def _ages(contexts: Sequence[Context], entry: Listed, pro: list[str], con: list[str]) -> None:
    """An age told right after the name ("Kim, 57,") against the listed birth years, two years allowed."""
    years = entry.birth_years
    if not years:
        return
    for c in contexts:
        m = re.match(r",\s+(?:aged\s+)?(\d\d)\s*[,)]", c.after)
        if m is None or c.dated is None:
            continue
        born = c.dated.year - int(m[1])
        if min(years) - 2 <= born <= max(years) + 2:
            pro.append(f"the age told fits the listed birth ({'/'.join(map(str, sorted(set(years))))})")
        else:
            con.append(
                f"the age told ({m[1]} in {c.dated.year}) does not fit the listed birth ({'/'.join(map(str, sorted(set(years))))})"
            )
        return


_FAMILIES = sorted(
    {f.capitalize() for fs in KOREAN_FAMILY.values() for f in fs.split() if len(f) > 1}, key=len, reverse=True
)
_KOREAN = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_FAMILIES)})[ -](?:[A-Z][a-z’']{{1,7}}(?:-[a-z]{{1,7}}|[ ][A-Z][a-z’']{{1,7}})?)(?![\w-])"
)


def korean_names(text: str) -> set[str]:
    """Words of a text on North Korea that are written like a listed Korean name, whether or not they were marked as a name."""
    if not state_words("North Korea").search(text):
        return set()
    return {m[0] for m in _KOREAN.finditer(text) if index().is_korean(m[0])}


@cache
def _vessel_pattern() -> re.Pattern[str]:
    names = sorted((e.parts[0] for e in listed().values() if e.kind == "vessel"), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n).replace(r"\ ", r"[ ]") for n in names) + r")(?!\w)")


def vessel_names(text: str) -> set[str]:
    """The names of listed vessels in a text that speaks of ships and of North Korea or sanctions, where ships are spoken of beside them."""
    if not (_SANCTIONS.search(text) and _SHIP.search(text)):
        return set()
    return {
        m[0] for m in _vessel_pattern().finditer(text) if _SHIP.search(text[max(0, m.start() - 100) : m.end() + 100])
    }
