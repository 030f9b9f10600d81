# ruff: noqa: E501  (headers of tables are easier to check whole)
"""Makes ``launches_cns.tsv`` and ``launches_gcat.tsv``: two logs of launches side by side, each as it counts, never merged.

    python -m crossfix.reference.launches_build test.en.json gcat_launches.csv gcat_orbital.csv

The first file is data/test.en.json of nk-missile-tests (the CNS/NTI database of North Korea's missile tests), the second the North Korean
rows of a GCAT extract, the third the GCAT extract of orbital launches of all states since 1957, of which North Korea's, South Korea's and
Iran's go in. Facts only: no description goes in; what a description says of a row's doubt becomes a word in ``doubt`` or ``possible``.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
READ = "2026-11-22"
CNS = (
    "CNS/NTI North Korea Missile Test Database, through github.com/nagix/nk-missile-tests, a0cc6587, data/test.en.json",
    "facts; repository Apache-2.0, cite CNS/NTI",
)
GCAT = (
    "GCAT by J. McDowell, planet4589.org, through github.com/CKalitin/mcdowell-dataset-analysis, 139670d7",
    "CC BY, as the author's site says; the copy names none",
)
GCAT_TSV = (
    "GCAT by J. McDowell, planet4589.org, launch.tsv through github.com/CKalitin/mcdowell-dataset-analysis",
    GCAT[1],
)

_HEAD_CNS = """\
# Missile and satellite launches of North Korea as the CNS/NTI database lists them, 1984-04-09 to 2026-04-18, one row a missile. Made by launches_build.py.
# date and utc_time are UTC as the log gives them; where utc_time is empty the log gives a date alone, which may be the local one.
# It counts ballistic missiles able to carry 500 kg over 300 km, and space launchers; cruise and anti-ship missiles are left out. A series is a salvo: the row's number in it.
# missile is the log's own word ("unknown" where it does not say). km and degrees; empty: not given. The bearing was added by nk-missile-tests from other sources, Japan's Ministry of Defense among them.
# purpose: "satellite" where the launch was to put one into orbit ("satellite?": the launch of July 2006, which was announced as none). doubt: what the log itself doubts ("launch": whether it took place or was a ballistic missile; "date"; "type"). possible: classes or missiles that the log or the announcers name as possible ("any": no figure to exclude one).
"""
_HEAD_GCAT = """\
# Launches of North Korea in 2017 and from 2020-01-01 to 2025-11-30, and orbital launch attempts of North Korea, South Korea and Iran 1998 to 2025-06-08, as GCAT lists them, one row a vehicle. Made by launches_build.py.
# 2017 is whole, read line by line in GCAT's launch.tsv (January 2017 to April 2018; nothing of North Korea's in 2018). The rows from 2020 are an extract that is known to lack rows of short-range missiles (30 August 2023 and 30 May 2024 among them). Its rows above 1,000 km were held against GCAT's own list of objects (auxcat.tsv: 2022-U01, U03, 2023-U01 to U04, 2024-U05); 2024-U05, which it lacked, was read in launch.tsv.
# So it can be counted for: intercontinental missiles from 2017 (no log or announcement has one between December 2017 and 2021), all ballistic missiles of 2017, space launches of all years; not for shorter-range missiles of other years.
# jd is the log's Julian date (UTC) to a hundredth of a day; where the row is of the extract, date and utc_time follow from it and are good to about 7 minutes. "?" in a flag column: the log marks the value before it as uncertain (type_flag: the vehicle's type).
# code: second letter S success, F failure, E no launch; fail_code the log's (S2 second stage, U unknown). range_km and apogee_km in km; empty: not given.
"""

_DOUBT: dict[tuple[str, int | None], tuple[str, str]] = {
    ("1986-05", None): ("launch", "any"),
    ("2017-03-05", 5): ("launch", ""),
    ("2017-03-21", None): ("type", "any"),
    ("2022-02-26", None): ("type", "ICBM"),
    ("2022-03-04", None): ("type", "ICBM"),
    ("2022-03-24", None): ("type", "Hwasong-17"),
    ("2022-05-04", None): ("type", "ICBM"),
    ("2022-05-24", 1): ("type", "ICBM|Hwasong-17"),
    ("2022-11-02", 1): ("type", "ICBM|Hwasong-15|Hwasong-17"),
    ("2023-11-22", None): ("type", "any"),
    ("2024-06-25", None): ("type", "ICBM|IRBM"),
    **{("2022-11-01", n): ("launch", "") for n in (5, 6, 7)},
}  # fmt: skip
"""Read in the log's descriptions, row by row; 26 February and 4 March 2022 also in the United States' statement of 10 March 2022."""

_CARRIERS = ("taepodong-1", "unha", "unha-3", "chollima-1")
_NUMBERS = {"unknown": "", "na": "", "none": ""}

_READ_IN_LAUNCH_TSV = """
2017-S10 |2457796.45|2017-02-11|22:55|Bukguekseong-2| |KUSONG | 550| | 500|?|MS| |Test
2017-S19 |2457818.44|2017-03-05|22:34|Hwasong 9     | |SOHAE  | 260|?|1000|?|MS| |Test
2017-S20 |2457818.44|2017-03-05|22:34|Hwasong 9     | |SOHAE  | 260|?|1000|?|MS| |Test
2017-S21 |2457818.44|2017-03-05|22:34|Hwasong 9     | |SOHAE  | 260|?|1000|?|MS| |Test
2017-S22 |2457818.44|2017-03-05|22:34|Hwasong 9     | |SOHAE  | 260|?|1000|?|MS| |Test
2017-A03 |2457834.42|2017-03-21|22:00|Hwasong-10    |?|WONSAN |   1|?|    | |MF|U|Test
2017-S25 |2457848.40|2017-04-04|21:42|Hwasong-12    | |SINPO  | 189| |  60| |MF|U|Test
2017-A04 |2457859.39|2017-04-15|21:20|Hwasong-12    | |SINPO  |   1|?|    | |MF|U|Test
2017-M01 |2457872.36|2017-04-28|20:33|Hwasong-12    | |PUKCH  |  71| |  39| |MF|U|Test
2017-S31 |2457887.35|2017-05-13|20:28|Hwasong-12    | |KUSONG |2111| | 787| |MS| |Test
2017-S34 |2457894.83|2017-05-21|07:59|Bukguekseong-2| |PUKCH  | 560| | 500| |MS| |Test
2017-S35 |2457902.36|2017-05-28|20:39|Hwasong 9     |?|WONSAN | 150| | 450| |MS| |Test
2017-S53 |2457938.53|2017-07-04|00:40|Hwasong-14    | |KUSONG |2802| | 933| |MS| |Test
2017-S62 |2457963.11|2017-07-28|14:41|Hwasong-14    | |MUPYONG|3725| | 998| |MS| |Test
2017-S69 |2457991.41|2017-08-25|21:49|Hwasong 5     | |KITT   | 100|?| 250| |MS| |Test
2017-A10 |2457991.42|2017-08-25|22:07|Hwasong 5     | |KITT   |   0|?|   0|?|MF|U|Test
2017-S70 |2457991.43|2017-08-25|22:19|Hwasong 5     | |KITT   | 100|?| 250| |MS| |Test
2017-S74 |2457994.37|2017-08-28|20:58|Hwasong-12    | |SUNAN  | 550| |2700| |MS| |Test
2017-S78 |2458011.41|2017-09-14|21:57|Hwasong-12    | |SUNAN  | 770| |3700| |MS| |Test
2017-S102|2458086.26|2017-11-28|18:18|Hwasong-15    | |PYONGS |4475| | 950| |MS| |Test
2024-U05 |2460614.42|2024-10-30|22:11|Hwasong-19    | |CHDONG |7687| |1001| |MS| |Sat LEO S
"""
"""Rows of GCAT's launch.tsv that are too large a file to keep: all of North Korea's of 2017, and the one ICBM that the extract lacks."""


def _number(value: Any) -> str:
    text = str(value).strip()
    return _NUMBERS.get(text, text.removesuffix(".0"))


def _doubt(row: dict[str, Any]) -> tuple[str, str]:
    told = _DOUBT.get((row["date"], row.get("series")))
    if told:
        return told
    if row["date"] < "1985":
        return "date", ""
    if row["date"].startswith("1993-05"):
        return "type", ""
    if row["date"].startswith("2013-05"):
        return "launch", ""
    return "", ""


def cns(source: Path) -> list[list[str]]:
    """The rows of launches_cns.tsv."""
    out = []
    seen: Counter[str] = Counter()
    for part in json.loads(source.read_text(encoding="utf-8"))["timeBins"]:
        for r in part["data"]:
            seen[r["date"]] += 1
            time = "" if r["time"] == "unknown" else r["time"].removesuffix(" (UTC)")
            aim = "satellite" if r["missile"] in _CARRIERS or r["date"] == "2024-05-27" else ""
            aim += "?" if r["date"] == "2006-07-05" and aim else ""
            out.append([
                f"cns-{r['date']}-{seen[r['date']]}", r["date"], time, str(r.get("series", "")), r["missile"], r["facility"],
                "" if r["landing"] in ("unknown", "na") else r["landing"],
                _number(r["apogee"]), _number(r["distance"]), _number(r["bearing"]),
                aim, r["outcome"], *_doubt(r), *CNS, READ,
            ])  # fmt: skip
    return out


def _gcat_row(r: dict[str, str], source: tuple[str, str], state: str) -> list[str]:
    jd = float(r["Launch_JD"])
    when = dt.datetime(2000, 1, 1, 12) + dt.timedelta(days=jd - 2451545.0)
    whole = jd % 1 == 0.5  # midnight: the log gives the date alone
    text = [r[k].strip() for k in ("Apogee", "Apoflag", "Range", "RangeFlag", "Variant", "Launch_Site")]
    mission = r["Mission"].strip() if r["Mission"].strip("- ") else r["Flight"].strip()
    return [
        r["Launch_Tag"].strip(), r["Launch_JD"].strip(), r["Launch_Date"], "" if whole else when.strftime("%H:%M"), r["LV_Type"],
        "?" if text[4] == "?" else "", "" if not mission.strip("- ") else mission, state, text[5].rstrip("?"),
        text[0].strip("-").removesuffix(".0"), text[1], text[2].strip("-").removesuffix(".0"), text[3], r["Agency"], r["LaunchCode"],
        r["FailCode"].strip("-"), r["Category"], *source, READ,
    ]  # fmt: skip


def gcat(extract: Path, orbital: Path) -> list[list[str]]:
    """The rows of launches_gcat.tsv."""
    with extract.open(encoding="utf-8", newline="") as f:
        rows = {r["Launch_Tag"]: _gcat_row(r, GCAT, "KP") for r in csv.DictReader(f)}
    with orbital.open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            if r["State"] in ("KP", "KR", "IR") and r["Launch_Tag"] not in rows:
                rows[r["Launch_Tag"]] = _gcat_row(r, GCAT, r["State"])
    for line in _READ_IN_LAUNCH_TSV.strip().splitlines():
        tag, jd, date, time, vehicle, flag, site, apogee, apogee_flag, ground, ground_flag, code, fail, category = (
            x.strip() for x in line.split("|")
        )
        rows[tag] = [
            tag, jd, date, time, vehicle, flag, "", "KP", site, apogee, apogee_flag, ground, ground_flag, "JRG", code, fail, category,
            *GCAT_TSV, READ,
        ]  # fmt: skip
    return sorted(rows.values(), key=lambda r: (float(r[1]), r[0]))


def _write(name: str, head: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = ["\t".join(columns), *("\t".join(r) for r in rows)]
    (HERE / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Writes both tables. Returns 2 where the files are not named."""
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    tests, extract, orbital = (Path(a) for a in arguments)
    _write(
        "launches_cns.tsv",
        _HEAD_CNS,
        "id date utc_time series missile facility landing apogee_km distance_km bearing_deg purpose outcome doubt possible source licence read".split(),
        cns(tests),
    )
    _write(
        "launches_gcat.tsv",
        _HEAD_GCAT,
        "id jd date utc_time vehicle type_flag mission state site apogee_km apogee_flag range_km range_flag agency code fail_code category source licence read".split(),
        gcat(extract, orbital),
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
