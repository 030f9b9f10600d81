"""One way to annotate a text in tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from crossfix.language.attribution import attributions
from crossfix.language.names import names
from crossfix.language.parse import parse
from crossfix.model import Attribution, Document

Attribute = Callable[..., Sequence[Attribution]]


@pytest.fixture(scope="session")
def attribute() -> Attribute:
    """Text (and document fields) to attributions; ``fast`` for the rules alone."""

    def run(text: str, fast: bool = False, **fields: str) -> Sequence[Attribution]:
        document = Document("x.txt", "0" * 64, "text/plain", text, language="en", **fields)  # type: ignore[arg-type]
        tree = parse(document)
        return attributions(tree, document, names(tree), fast)

    return run
