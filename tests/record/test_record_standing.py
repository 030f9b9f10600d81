"""The lean tables of what stands now: whatever is written, they say what the kept rows say."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crossfix.linking import link
from crossfix.record import Record, schema
from crossfix.record.opening import migrate
from record_builders import report

FIRST = "Norland fired a rocket on 24 August 2023, Holt said. Vostland denied it."
SECOND = "Norland fired a rocket in August 2023, a ministry said. Trains carried shells from Norland to Vostland."


def filled(record: Record) -> None:
    """Two documents, linked."""
    for text, who in ((FIRST, "Holt"), (SECOND, "a ministry")):
        event = {"trigger": "fired a rocket", "type": "missile_test"}
        one, raw = report(
            text, claims=[(who, "said", "fired a rocket")], events=[event], transfers=[{"item": "rocket"}]
        )
        record.add(one, raw)
    link(record)


def standing(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """All that the lean tables hold."""
    with record.reading() as c:
        return {n: sorted(map(tuple, c.execute(t.select()))) for n, t in schema.NOW.items()}


def by_hand(record: Record) -> dict[str, dict[str, int]]:
    """By table, the row of the newest version of each id that stands."""
    tables = [t.removeprefix("now_") for t in schema.NOW if t.removeprefix("now_") in schema.KEPT]
    return {t: {r["id"]: r["row"] for r in record.current(schema.KEPT[t])} for t in tables}


def test_they_hold_what_stands_after_each_change(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        filled(record)
        (event, *_) = record.current(schema.events)
        (claim, *_) = record.current(schema.claims)
        changes = (
            lambda: None,
            lambda: record.withdraw(schema.claims, {claim["id"]: "misread"}),
            lambda: record.withdraw(schema.events, {event["id"]: "no event"}),
        )
        for change in changes:
            change()
            now, kept = standing(record), by_hand(record)
            for table, rows in kept.items():
                assert {r[1]: r[0] for r in now[f"now_{table}"]} == rows
        assert event["id"] not in {r[0] for n in ("now_parties", "now_tellings") for r in now[n]}


def test_a_new_version_takes_the_place_of_the_old(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        filled(record)
        (event, *_) = record.current(schema.events)
        value = {**event["value"], "when": "2023-02/2024", "participants": [["Estmark", "actor"]], "reports": ["ab"]}
        record.append(schema.events, {event["id"]: {"type": "exercise", "value": value}}, act="changed", why="x")
        with record.reading() as c:
            t = schema.now_events
            found = c.execute(t.select().where(t.c.id == event["id"])).mappings().one()
            assert (found["type"], found["first"], found["last"]) == ("exercise", "2023-02-01", "2024-12-31")
            who = c.execute(schema.now_parties.select().where(schema.now_parties.c.event == event["id"])).all()
            told = c.execute(schema.now_tellings.select().where(schema.now_tellings.c.event == event["id"])).all()
        assert list(map(tuple, who)) == [(event["id"], "Estmark", "actor")]
        assert list(map(tuple, told)) == [(event["id"], "ab")]


@pytest.mark.parametrize(
    ("when", "days"),
    [
        (None, ("", "")),
        ("2023", ("2023-01-01", "2023-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2023-08-24", ("2023-08-24", "2023-08-24")),
        ("2023-08-24/2023-09-02", ("2023-08-24", "2023-09-02")),
        ("2022/2023-11", ("2022-01-01", "2023-11-30")),
    ],
)
def test_days_of_every_precision(tmp_path: Path, when: str | None, days: tuple[str, str]) -> None:
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        filled(record)
        (event, *_) = record.current(schema.events)
        changed = {"type": event["type"], "value": {**event["value"], "when": when}}
        record.append(schema.events, {event["id"]: changed}, act="changed", why="x")
        with record.reading() as c:
            t = schema.now_events
            assert (
                tuple(c.execute(t.select().where(t.c.id == event["id"])).mappings().one()[k] for k in ("first", "last"))
                == days
            )


def test_an_older_record_gets_them_filled(tmp_path: Path) -> None:
    path, old = tmp_path / "r.sqlite", tmp_path / "old.sqlite"
    with Record.open(path, write=True) as record:
        filled(record)
        record.withdraw(schema.claims, {record.claims()[0].id: "misread"})
        wanted = standing(record)
    from crossfix.record import sqlite

    engine = sqlite.connect(old)
    sqlite.use_write_ahead_log(engine)
    with engine.connect().execution_options(**{sqlite.WRITING: True}) as connection, connection.begin():
        migrate(connection, "0005")
    engine.dispose()
    db = sqlite3.connect(old)
    db.execute("ATTACH DATABASE ? AS new", (str(path),))
    with db:
        for name in schema.KEPT:
            db.execute(f'INSERT INTO "{name}" SELECT * FROM new."{name}"')
    db.close()
    with Record.open(old) as record:
        assert standing(record) == wanted
        assert record.text(wanted["now_documents"][0][1])


def test_names_of_agents_and_rows_of_findings(tmp_path: Path) -> None:
    from crossfix.record.findings import FindingRow, Row, put_findings

    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        filled(record)
        agents = {a.id: {a.name, *a.aliases} for a in record.agents()}
        event = record.events()[0]
        found = FindingRow(
            "F1", "clock", "clock.x", "event", event.id, "", "supported", "It fits.", {}, (Row("zones", "7"), Row("zones", "9")), None,
            None, None, event.mentions[:1],
        )  # fmt: skip
        put_findings(record, [found], checks={"clock"})
        now = standing(record)
        assert {(a, n) for a, names in agents.items() for n in names} == {
            (str(r[0]), str(r[1])) for r in now["now_names"]
        }
        assert now["now_uses"] == [("F1", "zones", "7"), ("F1", "zones", "9")]
        assert now["now_summaries"] == [("F1", "It fits.")]
        put_findings(record, [], checks={"clock"})
        assert standing(record)["now_uses"] == standing(record)["now_summaries"] == []
