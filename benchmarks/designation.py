"""How well names find their entry on the Security Council's list, and how often another's name does: three ways of comparing, by threshold.

    python -m benchmarks.designation [NAMES.txt]

Positives: every alias that the list calls good, of two words or more, asked of an index without that spelling; found where its own
entry comes first at or over the threshold. Many aliases are other names altogether (a nom de guerre), which no way of comparing can
find, so recall is low for all three and only their order tells. Hard negatives: every listed person's name, asked of an index without
that person; a hit is a false match (a few are one man listed twice). Easy negatives: office holders of the reference table and, where
given, the names of NAMES.txt, one a line; their hits are printed, to be read by eye.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crossfix.checking.designation_match import Index
from crossfix.checking.designation_names import jaro_winkler, korean, sorted_ratio, tokens, words_of
from crossfix.reference.holders import tenures
from crossfix.reference.un_list import Listed, listed

THRESHOLDS = (0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.99)


@dataclass(frozen=True)
class Case:
    """A name asked, the entry it is of (None for nobody listed), what is left out of the list for it."""

    name: str
    of: str | None
    left_out: tuple[str, str | None]


Way = Callable[[str, str], float]


def _sorted_words(name: str) -> str:
    return " ".join(sorted(words_of(name)))


WAYS: dict[str, Way] = {
    "sorted words, common letters": sorted_ratio,
    "sorted words, Jaro-Winkler": lambda told, name: jaro_winkler(_sorted_words(told), _sorted_words(name)),
}


class Rest:
    """The two plain ways, over all names that share a folded part or a Korean reading with the one asked."""

    def __init__(self, persons: list[Listed]) -> None:
        self.by_key: dict[object, list[tuple[Listed, str]]] = {}
        for e in persons:
            for n in e.names:
                for key in self._keys(n):
                    self.by_key.setdefault(key, []).append((e, n))

    def _keys(self, name: str) -> set[object]:
        return {*tokens(name), *((k.family, k.given[:3]) for k in korean(name))}

    def best(self, case: Case, way: Way) -> tuple[str | None, float]:
        """The entry that comes first, and its score."""
        seen = {(e.id, n) for key in self._keys(case.name) for e, n in self.by_key.get(key, ())}
        best: tuple[str | None, float] = (None, 0.0)
        for key, n in seen:
            if key == case.left_out[0] and case.left_out[1] in (None, n):
                continue
            score = way(case.name, n)
            if score > best[1]:
                best = (key, score)
        return best


def ours(case: Case, whole: Index) -> tuple[str | None, float]:
    """The same by the check's own index, which is filtered after the match: exact for single spellings and for whole entries."""
    gone, spelling = case.left_out
    if spelling is None:
        rest = [m for m in whole.match(case.name, "person") if m.entry.id != gone]
        return (rest[0].entry.id, rest[0].score) if rest else (None, 0.0)
    entry = listed()[gone]
    mine = Index([entry], frozenset({(gone, spelling)}))
    mine.weights = whole.weights
    found = [m for m in (*whole.match(case.name, "person"),) if m.entry.id != gone] + mine.match(case.name, "person")
    top = max(found, key=lambda m: m.score, default=None)
    return (top.entry.id, top.score) if top else (None, 0.0)


def cases() -> tuple[list[Case], list[Case], list[Case]]:
    """(positives, hard negatives, easy negatives)."""
    persons = [e for e in listed().values() if e.kind == "person"]
    good = [Case(a, e.id, (e.id, a)) for e in persons for a in e.good if len(words_of(a)) > 1 and a.isascii()]
    hard = [Case(" ".join(e.parts), None, (e.id, None)) for e in persons if len(words_of(" ".join(e.parts))) > 1]
    easy = [Case(n, None, ("", None)) for n in sorted({t.name for t in tenures()}) if len(words_of(n)) > 1]
    return good, hard, easy


def main(names: Path | None = None) -> None:
    """Print the table, then the easy negatives that matched."""
    persons = [e for e in listed().values() if e.kind == "person"]
    good, hard, easy = cases()
    if names is not None:
        told = {n.strip() for n in names.read_text(encoding="utf-8").splitlines()}
        easy = sorted(
            {c.name: c for c in (*easy, *(Case(n, None, ("", None)) for n in told if len(words_of(n)) > 1))}.values(),
            key=lambda c: c.name,
        )
    rest, whole = Rest(persons), Index(listed().values())
    print(f"positives {len(good)}, hard negatives {len(hard)}, easy negatives {len(easy)}")
    print(f"{'way':32} threshold  recall  wrong entry  hard false  easy false  precision")
    scored: dict[str, list[list[tuple[str | None, float]]]] = {}
    for title, way in WAYS.items():
        scored[title] = [[rest.best(c, way) for c in group] for group in (good, hard, easy)]
    scored["syllables and weighted parts"] = [[ours(c, whole) for c in group] for group in (good, hard, easy)]
    for title, (p, h, e) in scored.items():
        for least in THRESHOLDS:
            right = sum(s >= least and k == c.of for c, (k, s) in zip(good, p, strict=True))
            wrong = sum(s >= least and k != c.of for c, (k, s) in zip(good, p, strict=True))
            hard_false, easy_false = (sum(s >= least for _, s in x) for x in (h, e))
            told_right = right / max(1, right + wrong + hard_false + easy_false)
            print(
                f"{title:32} {least:9.2f} {right / len(good):7.3f} {wrong:12d} {hard_false:11d} {easy_false:11d} {told_right:10.3f}"
            )
    print("easy negatives that match at 0.9 or more, by the check's way:")
    for c, (key, score) in zip(easy, scored["syllables and weighted parts"][2], strict=True):
        if score >= 0.9 and key:
            print(f"  {c.name}: {key} {listed()[key].name} {score}  chance {whole.by_chance(c.name):.1e}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
