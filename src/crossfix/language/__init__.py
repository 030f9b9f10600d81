"""Documents to annotations: sentences, names, times, places, attribution. Models and lexicons live here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossfix.language.annotations import Annotations
    from crossfix.model import Document


def annotate(document: Document, fast: bool = False) -> Annotations:
    """Mark everything that the later rooms need in one document. A pure function of its arguments. ``fast``: attributions
    by the rules alone, without the trained model."""
    from crossfix.language.annotations import Annotations
    from crossfix.language.attribution import attributions
    from crossfix.language.names import names
    from crossfix.language.parse import parse
    from crossfix.language.places import places
    from crossfix.language.times import times

    tree = parse(document)
    found = names(tree)
    when, written = times(tree, document)
    said = attributions(tree, document, found, fast=fast)
    return Annotations(document, tree, found, when, places(tree, document), said, written)
