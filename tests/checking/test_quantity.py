"""Numbers of one happening: bounds, rounding, units, and numbers told in two of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.checking.case import Case
from crossfix.checking.quantity import Told, agree_result, apart_percent, check, common, conversion_result, span, step
from crossfix.checking.quantity_units import conversions, to_common
from crossfix.model import Bound, Figure, Quantity, Span
from crossfix.record import Record
from tests.record_builders import report

BOUNDS: list[Bound] = ["exact", "at_least", "at_most", "about"]


@st.composite
def tolds(draw: st.DrawFn) -> Told:
    value = draw(st.integers(1, 99_999) | st.sampled_from([1_000, 2_700, 6_518.2, 1_001.2, 5_200_000]))
    bound = draw(st.sampled_from(BOUNDS))
    low = None if bound == "at_most" else float(value)
    high = None if bound == "at_least" else float(value)
    return Told(low, high, bound, "km", draw(st.sampled_from(["", "KCNA", "Japan"])))


@pytest.mark.parametrize(
    ("value", "worth"),
    [(2700, 100), (6518.2, 0.1), (1001, 1), (1000, 1000), (5_200_000, 100_000), (0, 0), (0.25, 0.01)],
)
def test_the_worth_of_the_last_digit(value: float, worth: float) -> None:
    assert step(value) == pytest.approx(worth)


@given(tolds())
def test_a_number_leaves_itself_open(told: Told) -> None:
    low, high = span(told)
    value = told.low if told.low is not None else told.high
    assert value is not None
    assert low <= value <= high


@given(tolds(), tolds())
def test_agreement_does_not_hang_on_the_order(a: Told, b: Told) -> None:
    assert common(a, b) == common(b, a)
    assert apart_percent(a, b) == apart_percent(b, a)
    x, y = agree_result("it", a, b), agree_result("it", b, a)
    assert x == y
    assert x is not None
    assert (x.verdict == "supported") == (common(a, b) is not None)
    same = a.by == b.by != "" and a.bound == b.bound == "exact"
    assert (x.verdict == "contradicted") == (common(a, b) is None and same)


@given(tolds())
def test_a_number_agrees_with_itself(told: Told) -> None:
    result = agree_result("it", told, told)
    assert result is not None
    assert result.verdict == "supported"


def _exact(value: float, by: str, unit: str = "km") -> Told:
    return Told(value, value, "exact", unit, by)


def test_bounds_and_announcers() -> None:
    kcna, more = _exact(6518.2, "KCNA"), Told(6000.0, None, "at_least", "km", "Japan")
    result = agree_result("the apogee", kcna, more)
    assert result is not None
    assert result.verdict == "supported"
    result = agree_result("the apogee", kcna, _exact(6000.0, "Japan"))
    assert result is not None
    assert (result.verdict, result.working["apart_percent"]) == ("tension", 8.3)
    result = agree_result("the apogee", kcna, _exact(6580.2, "KCNA"))
    assert result is not None
    assert result.verdict == "contradicted"
    result = agree_result("the rounds", _exact(1000, "NIS", "rounds"), _exact(3000, "NIS", "rounds"), growing=True)
    assert result is not None
    assert result.verdict == "tension"
    assert agree_result("it", _exact(5, "A", "containers"), _exact(5, "A", "rounds")).verdict == "unknown"


def test_units_are_brought_together_with_their_rounding() -> None:
    miles, km = Told(1680.0, 1680.0, "exact", "miles", "A"), _exact(2700.0, "B")
    result = agree_result("the range", miles, km)
    assert result is not None
    assert (result.verdict, result.working["common_unit"]) == ("supported", "km")
    result = agree_result("the range", _exact(998.0, "A", "miles"), _exact(998.0, "B"))
    assert result is not None
    assert result.verdict == "tension"
    result = agree_result("the time", _exact(73.0, "Japan", "min"), _exact(4415.0, "KCNA", "s"))
    assert result is not None
    assert result.verdict == "supported" if abs(73 * 60 - 4415) <= 30 else "tension"
    assert to_common("Artillery shells") == ("rounds", 1.0)
    assert to_common("tons")[0] != to_common("tonnes")[0]


# -------------------------------------------------------------------- numbers told in two units


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("flew 2,700 km (1,680 miles) east", "supported"),
        ("about 300 miles (483 km) off", "supported"),
        ("winds of 290km/h (180 mph)", "supported"),
        ("17 kilometers (10 miles) away", "supported"),
        ("some 500 pounds (225 kilograms)", "supported"),
        ("flew 998 miles (998 kilometers)", "contradicted"),
        ("a height of 100 metres (3,280 feet)", "contradicted"),
        ("40 hectares (400 acres)", "contradicted"),
        ("5 gallons (19 litres)", "supported"),
        ("5 gallons (23 litres)", "supported"),
    ],
)
def test_conversions(text: str, verdict: str) -> None:
    (found,) = conversions(text)
    assert conversion_result(found).verdict == verdict
    assert text[found.start : found.end].endswith(")")


@pytest.mark.parametrize(
    "text",
    [
        "6 feet 2 inches (188 cm)",
        "2 by 3 metres (6 feet)",
        "5 km (3 tonnes)",
        "$5 km (3 miles)",
        "300 miles (see map)",
        "10 to 20 km (6 miles)",
    ],
)
def test_what_is_no_conversion(text: str) -> None:
    assert list(conversions(text)) == []


@given(
    st.integers(1, 20_000),
    st.sampled_from([("km", "miles", 1 / 1.609344), ("miles", "km", 1.609344), ("metres", "feet", 1 / 0.3048)]),
)
def test_a_rounded_conversion_is_never_wrong(value: int, units: tuple[str, str, float]) -> None:
    one, two, factor = units
    for digits in (0, -1, -2):
        other = round(value * factor, digits)
        if abs(other - value * factor) <= 0.1 * other or (digits == 0 and other):
            (found,) = conversions(f"{value:,} {one} ({other:,.0f} {two})")
            assert conversion_result(found).verdict == "supported"


# -------------------------------------------------------------------- the record


def _ask(path: Path, *made: tuple[object, bytes]) -> list[tuple[str, str]]:
    from crossfix.linking.run import link_all

    with Record.open(path, write=True) as record:
        for extraction, raw in made:
            record.add(extraction, raw)  # type: ignore[arg-type]
        link_all(record)
        out = []
        for q in check.questions(Case(record)):
            result = q.ask()
            assert result is not None
            assert all(record.passage(e) for e in q.evidence)
            out.append((q.kind, result.verdict))
        return sorted(out)


def _flight(value: str, by: str, outlet: str) -> tuple[object, bytes]:
    text = f"{by} said the missile that North Korea fired on 18 December rose to {value} km."
    event = {
        "trigger": "fired",
        "when": "2023-12-18",
        "participants": [("North Korea", "actor")],
        "ordinals": [(5, "ICBM tests of 2023")],
    }
    made, raw = report(text, outlet=outlet, events=[event])
    at = text.index(value)
    number = float(value.replace(",", ""))
    (e,) = made.events
    figure = Figure("apogee", number, number, "exact", "km", "km", by, None, Span.of(text, at, at + len(value) + 3))
    return dataclasses.replace(made, events=(dataclasses.replace(e, figures=(figure,)),)), raw


def test_announcers_of_one_test(tmp_path: Path) -> None:
    korea, japan = _flight("6,518.2", "KCNA", "Harbour Post"), _flight("6,000", "Japan", "Coast Times")
    assert _ask(tmp_path / "a", korea, japan) == [("quantity.apogee", "tension")]
    near = _flight("6,500", "Japan", "Coast Times")
    assert _ask(tmp_path / "b", korea, near) == [("quantity.apogee", "supported")]
    again = _flight("6,718.2", "KCNA", "Coast Times")
    assert _ask(tmp_path / "c", korea, again) == [("quantity.apogee", "contradicted")]


def _sent(count: str, outlet: str, low: float, bound: Bound = "exact") -> tuple[object, bytes]:
    text = f"Seoul says North Korea sent Russia {count} containers of shells from Najin on 15 August 2023."
    parties = [("North Korea", "supplier"), ("Russia", "recipient")]
    event = {
        "type": "arms_transfer",
        "trigger": "sent",
        "when": "2023-08-15",
        "where": ("Najin", 42.23, 130.3),
        "participants": parties,
    }
    deal = {"event": "e1", "item": "shells", "supplier": "North Korea", "recipient": "Russia", "when": "2023-08-15"}
    made, raw = report(text, outlet=outlet, events=[event], transfers=[deal | {"quantity": f"{count} containers"}])
    at = text.index(count)
    (t,) = made.transfers
    span = Span.of(text, at, at + len(count) + 11)
    amount = Quantity(low, None if bound == "at_least" else low, bound, "containers", span, bound == "at_least")
    return dataclasses.replace(made, transfers=(dataclasses.replace(t, amounts=(amount,)),)), raw


def test_amounts_of_one_shipment(tmp_path: Path) -> None:
    more, fewer = _sent("more than 1,000", "Harbour Post", 1000.0, "at_least"), _sent("300", "Coast Times", 300.0)
    assert _ask(tmp_path / "a", more, _sent("1,500", "Coast Times", 1500.0)) == [("quantity.amount", "supported")]
    assert _ask(tmp_path / "b", more, fewer) == [("quantity.amount", "tension")]


def test_containers_and_rounds_are_not_held_against_each_other(tmp_path: Path) -> None:
    boxes, (other, raw) = (
        _sent("more than 1,000", "Harbour Post", 1000.0, "at_least"),
        _sent("300,000", "Coast Times", 300_000.0),
    )
    (t,) = other.transfers  # type: ignore[attr-defined]
    rounds = dataclasses.replace(t, amounts=(dataclasses.replace(t.amounts[0], unit="rounds"),))
    other = dataclasses.replace(other, transfers=(rounds,))  # type: ignore[type-var]
    assert _ask(tmp_path / "a", boxes, (other, raw)) == [("quantity.amount", "unknown")]


def test_a_wrong_conversion_is_found_and_a_right_one_kept_only_with_an_event(tmp_path: Path) -> None:
    made = report("The road is 10 km (6 miles) long. The wall is 10 metres (60 feet) high.")
    assert _ask(tmp_path / "a", made) == [("quantity.conversion", "contradicted")]
    event = {"trigger": "flew", "when": "2023-12-18"}
    made = report("The missile flew 1,000 km (621 miles).", events=[event])
    assert _ask(tmp_path / "b", made) == [("quantity.conversion", "supported")]
