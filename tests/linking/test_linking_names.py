"""Names of parties: states by any of their forms, from the one table."""

from __future__ import annotations

import pytest

from crossfix.linking.names import party_key, same_party


@pytest.mark.parametrize(
    ("form", "state"),
    [
        ("the DPRK", "north korea"),
        ("Polish", "poland"),
        ("Warsaw", "poland"),
        ("U.S.", "united states"),
        ("Türkiye", "turkey"),
    ],
)
def test_a_state_by_any_form(form: str, state: str) -> None:
    assert party_key(form) == state


def test_other_names_stay_themselves() -> None:
    assert party_key("Harbour Post") == "harbour post"
    assert not same_party("North Korea", "Korea Times")
