"""What a transfer or a launch is in the terms of the provisions table: the regime, the direction, the subjects it may fall under.

Everything here is a pure function of words. An item whose kind is told too loosely ("military aid", "help") gives no subjects but a
reason (``unsure``); an item of no such kind at all gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from crossfix.model import ItemKind
from crossfix.reference.provisions import STATE, Regime

Way = Literal["to", "from", "both", "by"]

_BALLISTIC = re.compile(
    r"ballistic|\b(?:icbm|srbm|slbm|mrbm|irbm)s?\b|hwasong|pukguksong|\bkn-?2[345]\b|iskander|\bscud|nodong|fateh|fath-360|zolfaghar"
    r"|khorramshahr",
    re.I,
)
_NOT_BALLISTIC = re.compile(
    r"cruise|anti-aircraft|surface-to-air|air[- ]defen[cs]e|anti-ship|anti-tank|torpedo|engine|static|interceptor|hwasal|artillery"
    r"|multiple rocket|underwater|drone",
    re.I,
)
_CRUISE = re.compile(r"cruise missile|hwasal", re.I)
_SPACE = re.compile(
    r"satellite|\bspace\b|launch vehicle|\bslvs?\b|cosmodrome|long-range rocket|ballistic missile technology", re.I
)
_NUCLEAR = re.compile(r"nuclear|uranium|plutonium|centrifuge|reactor|warhead", re.I)
_WEAPON = re.compile(
    r"\b(?:arms|weapon\w*|armaments?|munitions?|ammunition|materi[ée]l|lethal aid|missiles?|torpedo(?:es)?"
    r"|military (?:equipment|hardware|technolog\w+|gear))\b",
    re.I,
)
_LOOSE = re.compile(r"\b(?:military|security) (?:aid|assistance|support|supplies|supply|help|cooperation)\b", re.I)
_COMBAT_AIR = re.compile(r"fighter|combat|war ?plane|bomber|attack heli|\bmig-|\bsu-\d|\bf-\d", re.I)
_COMBAT_DRONE = re.compile(
    r"attack|strike|suicide|kamikaze|combat|loitering|armed|military|shahed|geran|lancet|mohajer|ababil", re.I
)
_WARSHIP = re.compile(
    r"warship|frigate|destroyer|corvette|submarine|patrol boat|naval|landing craft|torpedo boat", re.I
)
_LARGE_GUN = re.compile(
    r"howitzer|self-propelled|multiple|rocket launcher|missile launcher|mlrs|himars|artillery|koksan", re.I
)
_TROOPS = re.compile(r"soldier|troop|combat|forces|mercenar|fighter|personnel|battalion|brigade", re.I)
_NO_TROOPS = re.compile(r"remains|bod(?:y|ies)|prisoner|captive|defect|refugee|athlete|hostage|abduct|wounded", re.I)
_LABOUR = re.compile(r"worker|labou?r", re.I)
_MILITARY_LEARNERS = re.compile(r"military|troop|soldier|army|combat|officer|weapon|drone|pilot|special forces", re.I)
_ELECTRONICS = re.compile(r"electronic|semiconductor|chip|machine tool|engine|radar|machinery", re.I)

MAJOR = frozenset({"major_arms", "arms"})


@dataclass(frozen=True, slots=True)
class Nature:
    """What an act is. ``subjects`` are those of the table; ``unsure`` says what is not known where that decides. ``disputed`` holds
    subjects of which it is argued whether the table's rule reaches them."""

    subjects: frozenset[str]
    unsure: str = ""
    disputed: frozenset[str] = frozenset()

    def __or__(self, other: Nature) -> Nature:
        return Nature(self.subjects | other.subjects, self.unsure or other.unsure, self.disputed | other.disputed)


_NOTHING = Nature(frozenset())


def regimes_of(supplier: str | None, recipient: str | None) -> list[tuple[Regime, Way, str]]:
    """The regimes that a transfer between two states touches: (regime, direction seen from its state, the other party)."""
    out: list[tuple[Regime, Way, str]] = []
    if not supplier or not recipient or supplier == recipient:
        return out
    for regime, state in STATE.items():
        if supplier == state:
            out.append((regime, "from", recipient))  # type: ignore[arg-type]
        elif recipient == state:
            out.append((regime, "to", supplier))  # type: ignore[arg-type]
    return out


FOES: dict[Regime, frozenset[str]] = {
    "DPRK": frozenset({"South Korea", "Japan", "United States"}),
    "Iran": frozenset({"Israel", "United States"}),
}
"""States with which no regime trades arms: what "goes" to them is fired at them."""


def nature_of(kinds: Iterable[ItemKind], item: str, sentence: str, way: Way, regime: Regime) -> Nature:
    """What handing over an item of these kinds is. ``item`` are the words of the thing, ``sentence`` those around it, which are only
    asked about the field of help and training."""
    out = _NOTHING
    for kind in kinds:
        out = out | _nature(kind, item, sentence, way, regime)
    if out.subjects:
        return Nature(out.subjects, "", out.disputed)
    return out


def _nature(kind: ItemKind, item: str, sentence: str, way: Way, regime: Regime) -> Nature:
    if kind in ("shells", "rockets", "air_defence"):
        return Nature(frozenset({"arms"}))
    if kind == "small_arms":
        return Nature(frozenset({"arms", "small_arms"}))
    if kind == "ballistic_missiles":
        return Nature(MAJOR | {"missile_items"})
    if kind in ("cruise_missiles", "armoured_vehicles"):
        return Nature(MAJOR)
    if kind == "launchers":
        extra = {"missile_items"} if _BALLISTIC.search(item) else set()
        return Nature((MAJOR if _LARGE_GUN.search(item) or extra else frozenset({"arms"})) | extra)
    if kind == "aircraft":
        if _COMBAT_AIR.search(item):
            return Nature(MAJOR)
        return Nature(frozenset({"helicopters"})) if "helicopter" in item.lower() and way == "to" else _NOTHING
    if kind == "drones":
        if regime == "Iran":
            return Nature(frozenset({"arms", "long_range_drones"}), disputed=frozenset({"long_range_drones"}))
        return Nature(frozenset({"arms"})) if _COMBAT_DRONE.search(item) else _NOTHING
    if kind == "ships":
        return (
            Nature(MAJOR) if _WARSHIP.search(item) else _NOTHING
        )  # a ship that is sent carries; it is seldom handed over
    if kind == "nuclear":
        return Nature(frozenset({"nuclear_items", "technical_help:nuclear_items"}))
    if kind == "satellites":
        return Nature(frozenset({"space_cooperation"})) if way == "to" else _NOTHING
    if kind == "fuel":
        return _fuel(item, way)
    if kind in ("technology", "training", "personnel", "components"):
        return _people_and_skill(kind, item, sentence, way)
    if kind == "other":
        return _loose(item)
    return _NOTHING


def _fuel(item: str, way: Way) -> Nature:
    text = item.lower()
    if "coal" in text:
        return Nature(frozenset({"coal"})) if way == "from" else _NOTHING
    if way != "to":
        return _NOTHING
    found = set()
    if re.search(r"jet fuel|aviation fuel|rocket fuel|kerosene", text):
        found.add("aviation_fuel")
    if re.search(r"refined|diesel|gasoline|petrol\b|petroleum product|oil product|kerosene", text):
        found.add("refined_petroleum")
    if "crude" in text:
        found.add("crude")
    if "condensate" in text:
        found.add("condensates")
    if not found and re.search(r"\b(?:oil|petroleum|fuel)\b", text):
        found |= {"refined_petroleum", "crude"}
    return Nature(frozenset(found))


def _people_and_skill(kind: ItemKind, item: str, sentence: str, way: Way) -> Nature:
    if kind == "components":
        if _BALLISTIC.search(item):
            return Nature(frozenset({"missile_items"}))
        if _WEAPON.search(item):
            return Nature(frozenset({"arms"}))
        return Nature(frozenset({"machinery"})) if way == "to" and _ELECTRONICS.search(item) else _NOTHING
    if kind == "training":
        if _MILITARY_LEARNERS.search(item) or _MILITARY_LEARNERS.search(sentence):
            return Nature(frozenset({"military_training", "technical_help:arms"}))
        return _NOTHING
    if kind == "personnel":
        if _LABOUR.search(item):
            return Nature(frozenset({"labour"})) if way == "from" else _NOTHING
        if _TROOPS.search(item) and way == "from" and not _NO_TROOPS.search(item):
            return Nature(
                frozenset(),
                "no paragraph in the table names the sending of soldiers; whether training, advice or services with arms are part of it "
                "is not told",
            )
        return _NOTHING
    field = _field(item)
    return field if field.subjects else _field(sentence, wide=True)


def _field(text: str, wide: bool = False) -> Nature:
    """The field of a technical help: missiles, space, nuclear matters, arms; science where only "technical" help is told."""
    found = set()
    if _BALLISTIC.search(text) or re.search(r"missile", text, re.I):
        found.add("technical_help:missile_items")
    if _SPACE.search(text):
        found.add("space_cooperation")
    if _NUCLEAR.search(text) and not wide:
        found.add("technical_help:nuclear_items")
    arms = _WEAPON.search(text) or re.search(r"submarine|air defen[cs]e|fighter", text, re.I)
    if arms and (not wide or not found):
        found.add("technical_help:arms")
    return Nature(frozenset(found), "" if found else "the field of the help is not told")


def _loose(item: str) -> Nature:
    if _BALLISTIC.search(item):
        return Nature(MAJOR | {"missile_items"})
    if _WEAPON.search(item):
        return Nature(frozenset({"arms"}))
    if _LOOSE.search(item):
        return Nature(frozenset(), f"what the {_LOOSE.search(item)[0].lower()} consists of is not told")  # type: ignore[index]
    return _NOTHING


def launch_nature(event_type: str, words: Iterable[str]) -> Nature:
    """What a test or launch is, by the words of all passages that tell of it."""
    if event_type == "nuclear_test":
        return Nature(frozenset({"nuclear_test"}))
    if event_type == "satellite_launch":
        return Nature(frozenset({"space_launch"}))
    told = list(words)
    if any(_BALLISTIC.search(w) for w in told):
        return Nature(frozenset({"missile_launch"}))
    if any(_NOT_BALLISTIC.search(w) for w in told):
        return _NOTHING
    return Nature(frozenset(), "whether the missile was a ballistic one is not told")


def is_ballistic(text: str) -> bool:
    """True where the words name a ballistic missile or its technology."""
    return bool(_BALLISTIC.search(text))


def is_cruise(text: str) -> bool:
    """True where the words name a cruise missile."""
    return bool(_CRUISE.search(text))


def is_space(text: str) -> bool:
    """True where the words name a satellite or a space launch."""
    return bool(_SPACE.search(text))
