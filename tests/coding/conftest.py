"""One way to code a text in tests: what the extractor would say of it."""

from __future__ import annotations

import pytest
from coding_types import Code, Coded

from crossfix.coding.claims import code_claims
from crossfix.coding.events import code_events
from crossfix.language import annotate
from crossfix.model import Document


@pytest.fixture(scope="session")
def code() -> Code:
    """Text (and document fields) to events and transfers; published on Friday 15 March 2024 unless said otherwise."""

    def run(text: str, **fields: str) -> Coded:
        given = {"published": "2024-03-15", "outlet": "Harbour Post", "language": "en", **fields}
        ann = annotate(Document("x.txt", "0" * 64, "text/plain", text, **given))  # type: ignore[arg-type]
        return code_events(ann, code_claims(ann))

    return run
