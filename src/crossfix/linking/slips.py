"""Slips of the pen that two texts share: nobody makes the same one by chance, so it shows that one was copied from the other."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from crossfix.linking.sharing import QUOTED

_DOUBLED = re.compile(r"(\w+)[ \t]+\b([a-z]{2,})[ \t]+\2\b[ \t,]*(\w*)")
# these stand twice in good English ("that that", "had had", "bye bye")
_MAY_DOUBLE = frozenset("that had is so very bye no far now was who long do more blah ha there".split())
_MONTH = "|".join(calendar.month_name[1:])
_DAY = "|".join(calendar.day_name)
_DATED = re.compile(
    rf"\b(?P<w>{_DAY}),? (?:the )?(?:(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH})),? (?P<y>\d{{4}})\b"
)


def slips(text: str) -> frozenset[str]:
    """The slips in a text's own words, quotations left out, since those who quote one speech share his: a small word written twice, with
    the words around it ("over the the border"), and a weekday that the date did not have ("Tuesday 2023-12-18")."""
    own = QUOTED.sub(" | ", text)
    found = {f"{m[1]} {m[2]} {m[2]} {m[3]}".casefold() for m in _DOUBLED.finditer(own) if m[2] not in _MAY_DOUBLE}
    for m in _DATED.finditer(own):
        month = calendar.month_name[:].index(m["m1"] or m["m2"])
        try:
            day = dt.date(int(m["y"]), month, int(m["d1"] or m["d2"]))
        except ValueError:  # no such day is a slip too
            found.add(f"{m['w']} {m['y']}-{month:02d}-{int(m['d1'] or m['d2']):02d}")
            continue
        if f"{day:%A}" != m["w"]:
            found.add(f"{m['w']} {day}")
    return frozenset(found)
