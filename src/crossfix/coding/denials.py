"""Denials that name nothing themselves: "Pyongyang denied it", "the ministry rejected that account"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from crossfix.coding.events_parties import country_of
from crossfix.model import Claim, Span, Status

_BARE = re.compile(
    r"(?i)(?:(?:the|that|this|these|those|such|all|any|both|its|earlier|previous|US|American)\s+)*"
    r"(?:it|this|that|them|so|account|accusations?|allegations?|charges?|claims?|reports?|assertions?|findings?|statements?|"
    r"dealings?|(?:arms|weapons) (?:deals?|dealings?|transfers?))(?:\s+(?:as|to be)\s+\w+)?"
)
REACH = 1200
"""How far back, in characters, a bare denial looks for what it denies: some four paragraphs."""


class Alleged(Protocol):
    """A transfer or an event, as far as a denial needs to know it."""

    status: Status
    denied_by: list[str]

    @property
    def at(self) -> int:
        """Where it stands in the text."""

    @property
    def parties(self) -> frozenset[str]:
        """Who takes part."""


def bare_denials(claims: Sequence[Claim]) -> list[tuple[Claim, str]]:
    """The document's bare denials with the state or body that speaks, in order."""
    out = []
    for c in claims:
        if c.stance != "deny" or c.voice == "outlet" or not c.source_name or not _BARE.fullmatch(_said(c.content)):
            continue
        party = country_of(c.source_name)
        if party is not None:
            out.append((c, party))
    return out


def _said(content: Span) -> str:
    return " ".join(content.text.split())


def apply(claims: Sequence[Claim], alleged: Sequence[Alleged]) -> None:
    """Add each bare denial to the nearest thing before it that the speaker is alleged to have done."""
    for claim, party in bare_denials(claims):
        before = [
            x
            for x in alleged
            if x.status == "alleged" and party in x.parties and 0 <= claim.content.start - x.at <= REACH
        ]
        if before:
            nearest = max(before, key=lambda x: x.at)
            if party not in nearest.denied_by and claim.source_name not in nearest.denied_by:
                nearest.denied_by.append(party)
