"""How a filter's values are held against rows: words, names and days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from crossfix.errors import UsageError
from crossfix.model import Interval

_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """The text for comparison: without case or accents on Latin letters, composed."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain).casefold()


def words_of(text: str) -> frozenset[str]:
    """The folded words of a name."""
    return frozenset(_WORD.findall(folded(text)))


def name_matches(wanted: str, name: str | None) -> bool:
    """True where every word of what is wanted is a word of the name."""
    query = words_of(wanted)
    return bool(query) and name is not None and query <= words_of(name)


def any_matches(wanted: str, names: Iterable[str | None]) -> bool:
    """True where one of the names matches."""
    return any(name_matches(wanted, n) for n in names)


def holds_all(words: Iterable[str], *texts: str | None) -> bool:
    """True where every word or phrase stands somewhere in the texts, at the beginning of a word."""
    whole = folded("\n".join(t for t in texts if t))
    return all(re.search(rf"(?<!\w){re.escape(folded(w))}", whole) or _unspaced(w, whole) for w in words)


def _unspaced(word: str, whole: str) -> bool:
    # Chinese, Japanese and Korean words may begin inside a run of letters
    return bool(re.search(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]", word)) and (
        folded(word) in whole
    )


def days_of(value: str, what: str) -> Interval:
    """A day, month or year from a filter. Raises UsageError on anything else."""
    try:
        return Interval.parse(value)
    except ValueError as error:
        raise UsageError(f"{what}: {error}", advice="give a date as YYYY, YYYY-MM or YYYY-MM-DD") from None


def within(value: str | None, since: str | None, until: str | None) -> bool:
    """True where a row's date shares a day with [since, until]; a row without a date only where neither is given."""
    if since is None and until is None:
        return True
    if value is None:
        return False
    try:
        days = Interval.parse(value)
    except ValueError:
        return False  # a date kept as it was found, though it is none
    if since is not None and days.last < days_of(since, "since").first:
        return False
    return until is None or days.first <= days_of(until, "until").last
