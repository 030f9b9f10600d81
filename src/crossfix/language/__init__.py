"""Documents to annotations: sentences, names, times, places, attribution. Models and lexicons live here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossfix.language.annotations import Annotations
    from crossfix.model import Document


def annotate(document: Document) -> Annotations:
    """Mark everything that the later rooms need in one document. A pure function of the document."""
    from crossfix.language.annotations import Annotations
    from crossfix.language.attribution import attributions
    from crossfix.language.names import names
    from crossfix.language.parse import parse
    from crossfix.language.places import places
    from crossfix.language.times import times

    tree = parse(document)
    found = names(tree)
    when, written = times(tree, document)
    return Annotations(
        document, tree, found, when, places(tree, document), attributions(tree, document, found), written
    )
