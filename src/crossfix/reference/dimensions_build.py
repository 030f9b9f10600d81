# ruff: noqa: E501  (rows of tables are easier to check whole)
"""Makes ``dimensions.tsv``: published overall dimensions of ballistic missiles, every source's figures side by side.

    python -m crossfix.reference.dimensions_build lv.tsv

The file is GCAT's table of launch vehicles. The rows of other publishers stand below, each with the page that holds it. Length, diameter and
launch mass only. A row is a *placeholder* where its source marks length or diameter as uncertain ("?"), or repeats the length and
diameter of another vehicle of the same family: of such a group the vehicle that the family is named for, else the first that is a missile
of this table, is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
READ = "2026-11-22"
GCAT = (
    "GCAT lv.tsv by J. McDowell, planet4589.org, 2025-12-01, through github.com/CKalitin/mcdowell-dataset-analysis, 139670d7",
    "CC BY, as the author's site says; the copy names none",
)

_HEAD = """\
# Published overall dimensions of ballistic missiles, one row a missile and publisher, so that publishers who disagree stand side by side. Made by dimensions_build.py.
# Columns: id; missile the name used here; aliases other names in reports, "|" between (empty: reports are not searched for it); class (ICBM, SLBM, IRBM, MRBM, SRBM, by the range that its makers
# or its users state); family GCAT's word for what it files together, "exact" after no other judgement; length_m, diameter_m in metres, the largest diameter of the body; mass_t launch mass in
# tonnes, the middle where a span is published; publisher; placeholder why a row is no figure of its own ("uncertain": its source marks length or diameter "?"; "repeats X": length and diameter are
# those of vehicle X of the same family, which is the one kept), empty for a published figure. Rows without a day read were typed from knowledge, the page not opened. Nothing but overall dimensions and mass.
"""

_COLUMNS = (
    "id", "missile", "aliases", "class", "family", "length_m", "diameter_m", "mass_t", "publisher", "placeholder", "source", "licence", "read",
)  # fmt: skip

ALIASES: dict[str, str] = {
    "Hwasong-14": "KN-20|Hwasongpho-14|Hwaseong-14",
    "Hwasong-15": "KN-22|Hwasongpho-15|Hwaseong-15",
    "Hwasong-17": "KN-28|Hwasongpho-17|Hwaseong-17",
    "Hwasong-18": "Hwasongpho-18|Hwaseong-18",
    "Hwasong-19": "Hwasongpho-19|Hwaseong-19",
    "Hwasong-12": "KN-17|Hwasongpho-12|Hwaseong-12",
    "Musudan": "Hwasong-10|BM-25",
    "Nodong": "Hwasong-7|Rodong|No Dong|Nodong-1",
    "Hwasong-5": "",
    "Hwasong-6": "",
    "KN-02": "KN-2|Toksa",
    "KN-23": "Hwasong-11A|Hwasong-11Ga|Hwasongpho-11Ga",
    "KN-24": "Hwasong-11B|Hwasong-11Na|Hwasongpho-11Na",
    "KN-25": "",
    "Pukguksong-1": "Pukkuksong-1|KN-11",
    "Pukguksong-2": "Pukkuksong-2|KN-15",
    "Pukguksong-3": "Pukkuksong-3|KN-26",
    "Topol-M": "RT-2PM2|RT-2PM2 Topol-M|RS-12M2|SS-27|SS-27 Mod 1|SS-27M1",
    "Topol": "RT-2PM|RS-12M|SS-25",
    "Yars": "RS-24|RS-24 Yars|SS-29|SS-27 Mod 2|SS-27M2",
    "Sarmat": "RS-28|RS-28 Sarmat",
    "Bulava": "RSM-56|SS-N-32",
    "Rubezh": "RS-26|RS-26 Rubezh",
    "Oreshnik": "",
    "Iskander-M": "Iskander|Iskander-E|9K720 Iskander|9K720 Iskander-M|9K720|9M723|SS-26",
    "Tochka": "Tochka-U|OTR-21|OTR-21 Tochka|SS-21",
    "Oka": "OTR-23|OTR-23 Oka|SS-23",
    "Scud-B": "Scud B|R-17 Elbrus",
    "R-27": "SS-N-6|R-27 Zyb",
    "ATACMS": "MGM-140|MGM-140 ATACMS|Army Tactical Missile System",
    "Minuteman III": "LGM-30G|LGM-30G Minuteman III|LGM-30 Minuteman III|Minuteman 3|Minuteman-III",
    "Peacekeeper": "LGM-118|LGM-118A|MX Peacekeeper",
    "Polaris A1": "Polaris A-1",
    "Trident II": "Trident D5|Trident II D5",
    "DF-5": "Dongfeng-5|DF-5A|DF-5B",
    "DF-15": "Dongfeng-15|M-9",
    "DF-11": "Dongfeng-11|M-11",
    "DF-21": "Dongfeng-21",
    "DF-26": "Dongfeng-26",
    "DF-31": "Dongfeng-31|DF-31A|DF-31AG",
    "DF-41": "Dongfeng-41|Dong Feng-41",
    "JL-1": "",
    "JL-2": "",
    "Shahab-3": "Shahab 3|Shehab-3|Shihab-3",
    "Ghauri": "Hatf-5|Hatf-V",
    "Shahab-1": "Shahab 1",
    "Shahab-2": "Shahab 2",
    "Khorramshahr": "",
    "Sejjil": "Sejil|Sejjil-2",
    "Fateh-110": "",
    "Zolfaghar": "",
    "Qiam-1": "Qiam",
    "Agni-V": "Agni-5|Agni V|Agni 5",
    "Shaheen-III": "Shaheen-3",
    "Shaheen-II": "Shaheen-2",
}

# GCAT's name (and variant, where a name stands twice) -> the name used here, the class
_GCAT: dict[tuple[str, str], tuple[str, str]] = {
    ("Dong Feng 5", "-"): ("DF-5", "ICBM"), ("Titan I", "-"): ("Titan I", "ICBM"), ("Titan II", "-"): ("Titan II", "ICBM"),
    ("Atlas D", "-"): ("Atlas D", "ICBM"), ("Sarmat", "-"): ("Sarmat", "ICBM"), ("R-36 8K67", "-"): ("R-36", "ICBM"), ("R-36", "-"): ("R-36", "ICBM"),
    ("R-36M 15A14", "-"): ("R-36M", "ICBM"), ("R-36MU 15A18", "-"): ("R-36MU", "ICBM"), ("R-36M2 15A18M", "-"): ("R-36M2", "ICBM"),
    ("R-16", "-"): ("R-16", "ICBM"), ("UR-200", "-"): ("UR-200", "ICBM"), ("R-7", "-"): ("R-7", "ICBM"), ("R-7A", "-"): ("R-7A", "ICBM"),
    ("R-9A", "-"): ("R-9A", "ICBM"), ("UR-100N", "-"): ("UR-100N", "ICBM"), ("UR-100NU 15A35", "-"): ("UR-100NU", "ICBM"),
    ("RT-23 15Zh44", "-"): ("RT-23", "ICBM"), ("RT-23U 15Zh61", "-"): ("RT-23U", "ICBM"), ("Peacekeeper", "-"): ("Peacekeeper", "ICBM"),
    ("MR-UR-100U 15A16", "-"): ("MR-UR-100U", "ICBM"), ("MR-UR-100", "-"): ("MR-UR-100", "ICBM"), ("DF-41", "-"): ("DF-41", "ICBM"), ("DF-31", "-"): ("DF-31", "ICBM"),
    ("UR-100", "-"): ("UR-100", "ICBM"), ("UR-100M", "-"): ("UR-100M", "ICBM"), ("UR-100K", "-"): ("UR-100K", "ICBM"), ("RT-2", "-"): ("RT-2", "ICBM"),
    ("RT-20P", "-"): ("RT-20P", "ICBM"), ("Temp-2S", "-"): ("Temp-2S", "ICBM"), ("Topol'", "-"): ("Topol", "ICBM"), ("Topol'-M", "-"): ("Topol-M", "ICBM"),
    ("Yars", "-"): ("Yars", "ICBM"), ("Minuteman 1A", "-"): ("Minuteman IA", "ICBM"), ("Minuteman 1B", "-"): ("Minuteman IB", "ICBM"),
    ("Minuteman 2", "-"): ("Minuteman II", "ICBM"), ("Minuteman 3", "-"): ("Minuteman III", "ICBM"), ("SICBM", "-"): ("Midgetman", "ICBM"),
    ("Kuryer", "-"): ("Kuryer", "ICBM"), ("Agni 5", "-"): ("Agni-V", "ICBM"), ("Hwasong-14", "-"): ("Hwasong-14", "ICBM"), ("Hwasong-15", "-"): ("Hwasong-15", "ICBM"),
    ("Hwasong-17", "-"): ("Hwasong-17", "ICBM"), ("Hwasong-18", "-"): ("Hwasong-18", "ICBM"), ("Hwasong-19", "-"): ("Hwasong-19", "ICBM"),
    ("R-13", "-"): ("R-13", "SLBM"), ("R-21", "-"): ("R-21", "SLBM"), ("Zyb", "-"): ("R-27", "SLBM"), ("Vysota", "-"): ("R-29", "SLBM"),
    ("Volna", "-"): ("R-29R", "SLBM"), ("Shtil'", "-"): ("R-29RM", "SLBM"), ("Sineva", "-"): ("Sineva", "SLBM"), ("Layner", "-"): ("Layner", "SLBM"),
    ("R-39", "-"): ("R-39", "SLBM"), ("R-31", "-"): ("R-31", "SLBM"), ("Bulava", "-"): ("Bulava", "SLBM"), ("Polaris A1", "-"): ("Polaris A1", "SLBM"),
    ("Polaris A2", "-"): ("Polaris A2", "SLBM"), ("Polaris A3", "-"): ("Polaris A3", "SLBM"), ("Poseidon C3", "-"): ("Poseidon C3", "SLBM"),
    ("Trident C-4", "-"): ("Trident I", "SLBM"), ("Trident D-5", "-"): ("Trident II", "SLBM"), ("MSBS M1", "-"): ("M1", "SLBM"), ("MSBS M20", "-"): ("M20", "SLBM"),
    ("MSBS M4", "-"): ("M4", "SLBM"), ("MSBS M45", "-"): ("M45", "SLBM"), ("MSBS M51", "-"): ("M51", "SLBM"), ("JL-1", "-"): ("JL-1", "SLBM"),
    ("JL-2", "-"): ("JL-2", "SLBM"), ("K-15", "-"): ("K-15", "SLBM"), ("K-4", "-"): ("K-4", "SLBM"), ("R-11FM", "-"): ("R-11FM", "SLBM"),
    ("Bukguekseong", "-"): ("Pukguksong-1", "SLBM"), ("Bukguekseong-3", "-"): ("Pukguksong-3", "SLBM"), ("Bukguekseong-6", "-"): ("Hwasong-11S", "SLBM"),
    ("Jupiter IRBM", "-"): ("Jupiter", "IRBM"), ("Thor DM-18A", "-"): ("Thor", "IRBM"), ("R-14", "-"): ("R-14", "IRBM"), ("DF-3", "-"): ("DF-3", "IRBM"),
    ("DF-4", "-"): ("DF-4", "IRBM"), ("Agni 3", "-"): ("Agni-III", "IRBM"), ("Agni 4", "-"): ("Agni-IV", "IRBM"), ("Hwasong-12", "-"): ("Hwasong-12", "IRBM"),
    ("Hwasong-10", "-"): ("Musudan", "IRBM"), ("DF-26", "-"): ("DF-26", "IRBM"), ("Pioner", "-"): ("Pioner", "IRBM"), ("SSBS S2", "-"): ("S2", "IRBM"),
    ("SSBS S3", "-"): ("S3", "IRBM"), ("Rubezh", "-"): ("Rubezh", "IRBM"), ("Oreshnik", "-"): ("Oreshnik", "IRBM"), ("Skorost'", "-"): ("Skorost", "IRBM"),
    ("R-5M", "-"): ("R-5M", "MRBM"), ("R-5", "-"): ("R-5", "MRBM"), ("R-12", "-"): ("R-12", "MRBM"), ("Pershing 2", "-"): ("Pershing II", "MRBM"),
    ("DF-21", "-"): ("DF-21", "MRBM"), ("DF-2", "-"): ("DF-2", "MRBM"), ("Shahab 3", "-"): ("Shahab-3", "MRBM"), ("Ghadr F", "-"): ("Ghadr-F", "MRBM"),
    ("Emad", "-"): ("Emad", "MRBM"), ("Sejjil", "-"): ("Sejjil", "MRBM"), ("Hwasong-7", "-"): ("Nodong", "MRBM"), ("Hwasong 9", "-"): ("Scud-ER", "MRBM"),
    ("Ghauri", "-"): ("Ghauri", "MRBM"), ("Shaheen 2", "-"): ("Shaheen-II", "MRBM"), ("Shaheen 3", "-"): ("Shaheen-III", "MRBM"), ("Agni 2", "-"): ("Agni-II", "MRBM"),
    ("Jericho II", "-"): ("Jericho II", "MRBM"), ("Bukguekseong-2", "-"): ("Pukguksong-2", "MRBM"), ("Khorramshahr", "-"): ("Khorramshahr", "MRBM"),
    ("RT-15", "-"): ("RT-15", "MRBM"), ("Kheibar Shekan", "-"): ("Kheibar Shekan", "MRBM"), ("Dezful", "-"): ("Dezful", "MRBM"), ("DF-16", "-"): ("DF-16", "MRBM"),
    ("Redstone", "-"): ("Redstone", "SRBM"), ("R-11", "-"): ("R-11", "SRBM"), ("Elbrus", "-"): ("Scud-B", "SRBM"), ("Al Hussein", "-"): ("Al-Hussein", "SRBM"),
    ("Al Abbas", "-"): ("Al-Abbas", "SRBM"), ("Shahab 1", "-"): ("Shahab-1", "SRBM"), ("Shahab 2", "-"): ("Shahab-2", "SRBM"), ("Qiam-1", "-"): ("Qiam-1", "SRBM"),
    ("Hwasong 5", "-"): ("Hwasong-5", "SRBM"), ("Hwasong 6", "-"): ("Hwasong-6", "SRBM"), ("Oka", "-"): ("Oka", "SRBM"), ("Iskander", "-"): ("Iskander-M", "SRBM"),
    ("Hwasong-11Ga", "-"): ("KN-23", "SRBM"), ("KN-02", "-"): ("KN-02", "SRBM"), ("Tochka", "-"): ("Tochka", "SRBM"), ("Hwasong-11Na", "-"): ("KN-24", "SRBM"),
    ("KN-25", "-"): ("KN-25", "SRBM"), ("DF-11", "-"): ("DF-11", "SRBM"), ("DF-15", "-"): ("DF-15", "SRBM"), ("Shaheen 1", "-"): ("Shaheen-I", "SRBM"),
    ("Ghaznavi", "-"): ("Ghaznavi", "SRBM"), ("Prithvi", "-"): ("Prithvi", "SRBM"), ("Dhanush", "-"): ("Dhanush", "SRBM"), ("Pershing 1", "-"): ("Pershing I", "SRBM"),
    ("Corporal", "-"): ("Corporal", "SRBM"), ("Sergeant", "-"): ("Sergeant", "SRBM"), ("Lance", "-"): ("Lance", "SRBM"), ("Luna-M", "-"): ("Luna-M", "SRBM"),
    ("Temp-S", "-"): ("Temp-S", "SRBM"), ("Agni 1", "-"): ("Agni-I", "SRBM"), ("Zolfaghar", "-"): ("Zolfaghar", "SRBM"), ("Zulfiqar", "-"): ("Zolfaghar", "SRBM"),
    ("Fateh-110", "-"): ("Fateh-110", "SRBM"), ("Hades", "-"): ("Hades", "SRBM"), ("Hyunmoo-1", "-"): ("Hyunmoo-1", "SRBM"), ("Bora-1", "-"): ("Bora-1", "SRBM"),
    ("Shaurya", "-"): ("Shaurya", "SRBM"), ("Al Samoud 2", "-"): ("Al-Samoud 2", "SRBM"), ("A-4", "-"): ("A-4 (V-2)", "SRBM"), ("R-1", "-"): ("R-1", "SRBM"),
    ("R-2", "-"): ("R-2", "SRBM"), ("Hatf II", "-"): ("Hatf-II", "SRBM"), ("ATACMS", "-"): ("ATACMS", "SRBM"), ("Jericho", "-"): ("Jericho I", "SRBM"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """A row of another publisher. ``mass`` in tonnes, None where none is given; ``read`` empty: the page was not opened."""

    missile: str
    kind: str
    length: float
    diameter: float
    mass: float | None
    publisher: str
    source: str
    read: str = READ


_WIKI = "Wikipedia"
TYPED: tuple[Typed, ...] = (
    Typed("Hwasong-18", "ICBM", 23, 2.0, 57.5, "KIDA", "Shin Seung-ki, Korea Institute for Defense Analyses, through KBS World, world.kbs.co.kr/service/news_view.htm?lang=f&Seq_Code=82118 (about 23 m, 2 m, 55 to 60 t)"),
    Typed("Hwasong-18", "ICBM", 22, 2.2, None, "Postol", "T. Postol, Beyond Parallel (CSIS), 2023-08-17, through donga.com/news/Politics/article/all/20230818/120753723/1 (first stage 2.2 m, length a little over 22 m)"),
    Typed("Hwasong-17", "ICBM", 25.5, 2.7, None, "38 North", "38 North, October 2020, then under the name Hwasong-16, through onenewspage.com/video/20201015/13408506 (25 to 26 m, 2.5 to 2.9 m)"),
    Typed("Hwasong-17", "ICBM", 24, 2.4, None, "Arirang", "Arirang News, 2022-03-25, arirang.com/news/News_View.asp?nseq=295964"),
    Typed("Hwasong-15", "ICBM", 21, 2.0, None, "Arirang", "Arirang News, 2022-03-25, arirang.com/news/News_View.asp?nseq=295964"),
    Typed("Hwasong-14", "ICBM", 19.8, 1.85, 33.8, _WIKI, "en.wikipedia.org/wiki/Hwasong-14", ""),
    Typed("Yars", "ICBM", 23, 2.0, 45.8, "dailywrap", "dailywrap.net/en-ca/russias-rs-24-missile-test-absence-raises-new-concerns,7158354684098177a (about 23 m with the warhead)"),
    Typed("Yars", "ICBM", 22.5, 2.0, None, "CSIS", "CSIS Missile Threat on the SS-27 Mod 2, through wikileaks-kr.org/news/articleViewAmp.html?idxno=140673"),
    Typed("Topol-M", "ICBM", 22.7, 1.9, 47.2, _WIKI, "en.wikipedia.org/wiki/RT-2PM2_Topol-M (length and mass also in estadao.com.br, 2006-08-15, from Itar-Tass: 22.7 m, 47 t)", ""),
    Typed("Topol-M", "ICBM", 22.7, 1.86, 47.1, "missilery.info", "missilery.info/missile/topolm", ""),
    Typed("Sarmat", "ICBM", 35.5, 3.0, 208.1, _WIKI, "en.wikipedia.org/wiki/RS-28_Sarmat (length and mass also in delfi.ee/artikkel/120323916)", ""),
    Typed("Minuteman III", "ICBM", 18.2, 1.7, 35, "StrategyPage", "strategypage.com/htmw/hticbm/20110731.aspx"),
    Typed("Peacekeeper", "ICBM", 21.6, 2.35, 88, "StrategyPage", "strategypage.com/htmw/hticbm/articles/20050507.aspx (71 ft, 7.7 ft, 88 tons)"),
    Typed("DF-31", "ICBM", 18.3, 2.13, 46, "StrategyPage", "strategypage.com/htmw/hticbm/20080411.aspx (60 ft, 7 ft, about 46 tons)"),
    Typed("DF-31", "ICBM", 13, 2.25, 42, _WIKI, "en.wikipedia.org/wiki/DF-31", ""),
    Typed("DF-41", "ICBM", 16.5, 2.78, None, "CCTV", "CCTV, 2017-11, through defenseworld.net/news/21376"),
    Typed("DF-41", "ICBM", 21, 2.35, None, "Sputnik", "Sputnik, 2019-10-01, sputniknews.jp/amp/20191001/6716974.html (21 m, 2.2 to 2.5 m)"),
    Typed("Agni-V", "ICBM", 17.5, 2.0, 50, _WIKI, "en.wikipedia.org/wiki/Agni-V", ""),
    Typed("Bulava", "SLBM", 11.5, 2.0, 36.8, _WIKI, "en.wikipedia.org/wiki/RSM-56_Bulava", ""),
    Typed("Musudan", "IRBM", 12, 1.5, None, _WIKI, "en.wikipedia.org/wiki/Hwasong-10", ""),
    Typed("Nodong", "MRBM", 16.2, 1.36, 16.5, "CSIS", "missilethreat.csis.org/missile/no-dong", ""),
    Typed("Shahab-3", "MRBM", 16.58, 1.38, 17.4, "CSIS", "missilethreat.csis.org/missile/shahab-3", ""),
    Typed("Ghauri", "MRBM", 15.9, 1.35, 15.9, "CSIS", "missilethreat.csis.org/missile/hatf-5", ""),
    Typed("KN-23", "SRBM", 7.5, 0.95, 3.4, _WIKI, "en.wikipedia.org/wiki/Hwasong-11A", ""),
    Typed("Iskander-M", "SRBM", 7.3, 0.92, 3.8, _WIKI, "en.wikipedia.org/wiki/9K720_Iskander", ""),
    Typed("KN-25", "SRBM", 8.2, 0.6, 3.0, _WIKI, "en.wikipedia.org/wiki/KN-25", ""),
    Typed("KN-02", "SRBM", 6.4, 0.65, 2.0, "CSIS", "missilethreat.csis.org/missile/kn-02", ""),
    Typed("ATACMS", "SRBM", 4.0, 0.61, 1.7, _WIKI, "en.wikipedia.org/wiki/MGM-140_ATACMS", ""),
    Typed("Fateh-110", "SRBM", 8.86, 0.61, 3.45, _WIKI, "en.wikipedia.org/wiki/Fateh-110", ""),
    Typed("DF-15", "SRBM", 9.1, 1.0, 6.2, _WIKI, "en.wikipedia.org/wiki/DF-15", ""),
    Typed("DF-11", "SRBM", 7.5, 0.8, 3.8, _WIKI, "en.wikipedia.org/wiki/DF-11", ""),
    Typed("Hwasong-5", "SRBM", 10.94, 0.88, 5.86, _WIKI, "en.wikipedia.org/wiki/Hwasong-5", ""),
    Typed("Hwasong-6", "SRBM", 10.94, 0.88, 5.93, _WIKI, "en.wikipedia.org/wiki/Hwasong-6", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A row of GCAT's table: lengths in metres, mass in tonnes, ``sure`` False where length or diameter has a "?"."""

    name: str
    variant: str
    family: str
    length: float
    diameter: float
    mass: float
    sure: bool


def vehicles(text: str) -> Iterator[Vehicle]:
    """GCAT's rows with a length and a diameter."""
    lines = text.splitlines()
    header = lines[0].lstrip("#").split("\t")
    for line in lines[1:]:
        if line.startswith("#"):
            continue
        v = {k: x.strip() for k, x in zip(header, line.split("\t"), strict=False)}
        length, diameter, mass = (_number(v.get(k, "")) for k in ("Length", "Diameter", "Launch_Mass"))
        if length and diameter:
            sure = "?" not in (v["LFlag"], v["DFlag"])
            yield Vehicle(v["LV_Name"], v["LV_Variant"], v["LV_Family"], length, diameter, mass, sure)


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return 0.0


def placeholders(rows: Iterable[Vehicle]) -> dict[tuple[str, str], str]:
    """Why a vehicle's row is no figure of its own, by name and variant; none for the others."""
    out: dict[tuple[str, str], str] = {}
    groups: dict[tuple[str, float, float], list[Vehicle]] = {}
    for v in rows:
        groups.setdefault((v.family, v.length, v.diameter), []).append(v)
    for (family, _, _), same in groups.items():
        kept = min(same, key=lambda v: (v.name.rstrip("'") != family, not v.sure, (v.name, v.variant) not in _GCAT))
        for v in same:
            if not v.sure:
                out[v.name, v.variant] = "uncertain"
            elif v.name != kept.name:
                out[v.name, v.variant] = f"repeats {kept.name}"
    return out


def table(text: str) -> str:
    """The whole table, from GCAT's file and the rows above."""
    every = list(vehicles(text))
    no_figure = placeholders(every)
    families: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for v in every:
        known = _GCAT.get((v.name, v.variant))
        if known is None or known[0] in seen:
            continue
        missile, kind = known
        seen.add(missile)
        families[missile] = v.family
        why = no_figure.get((v.name, v.variant), "")
        rows.append(_row(missile, kind, v.family, v.length, v.diameter, v.mass or None, "GCAT", why, (*GCAT, READ)))
    for t in TYPED:
        about = (t.source, "facts", t.read)
        rows.append(_row(t.missile, t.kind, families[t.missile], t.length, t.diameter, t.mass, t.publisher, "", about))
    rows.sort(key=lambda r: (("ICBM", "SLBM", "IRBM", "MRBM", "SRBM").index(r[3]), r[1], r[8] != "GCAT", r[8]))
    return _HEAD + "\n".join("\t".join(r) for r in (_COLUMNS, *rows)) + "\n"


def _row(
    missile: str, kind: str, family: str, length: float, diameter: float, mass: float | None, publisher: str, why: str, about: tuple[str, str, str],
) -> tuple[str, ...]:  # fmt: skip
    id_ = f"{missile} {publisher}".lower().replace(" ", "-").replace("(", "").replace(")", "").replace(".", "-")
    figures = (f"{length:g}", f"{diameter:g}", f"{mass:g}" if mass else "")
    return (id_, missile, ALIASES.get(missile, ""), kind, family, *figures, publisher, why, *about)


def main(arguments: list[str]) -> None:
    """Writes the table beside this file."""
    (path,) = arguments
    (HERE / "dimensions.tsv").write_text(table(Path(path).read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
