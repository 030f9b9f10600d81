"""Adding does not slow down as the record grows."""

from __future__ import annotations

import time
from pathlib import Path

from crossfix.linking import link
from crossfix.record import Record
from record_builders import report


def test_a_thousand_small_documents_go_in_and_are_linked_in_time(tmp_path: Path) -> None:
    words = [f"w{n}" for n in range(997)]
    batches = []
    with Record.open(tmp_path / "r.sqlite", write=True) as record:
        for batch in range(5):
            start = time.process_time()
            for n in range(batch * 200, batch * 200 + 200):
                body = " ".join(words[(n * k * k + 7 * k) % 997] for k in range(60))
                day = f"2023-{1 + n % 12:02d}-{1 + n % 28:02d}"
                text = f"The ministry of land {n} said it fired a missile. {body}."
                events = [{"trigger": "fired", "when": day, "participants": [(f"Land {n}", "actor")]}]
                claims = [("The ministry of land", "said", "it fired a missile")]
                record.add(*report(text, published=day, events=events, claims=claims))
            link(record)
            batches.append(time.process_time() - start)
        assert len(record.events()) == 1000  # no two of one land
    assert sum(batches) < 60
    assert batches[-1] < 8 * min(batches) + 3
