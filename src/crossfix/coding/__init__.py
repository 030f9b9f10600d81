"""Annotations to claims, events and transfers: stance, firmness, chain, roles, outcome, status."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossfix.language.annotations import Annotations
    from crossfix.model import Claim, Event, Transfer


def code(ann: Annotations) -> tuple[tuple[Claim, ...], tuple[Event, ...], tuple[Transfer, ...]]:
    """Claims, events and transfers of one annotated document. A pure function of the annotations."""
    from crossfix.coding.claims import code_claims
    from crossfix.coding.events import code_events

    claims = code_claims(ann)
    events, transfers = code_events(ann, claims)
    return claims, events, transfers
