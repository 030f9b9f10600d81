"""Words for who speaks: offices, kinds of body, kinds of document, and those who are cited without a name."""

from __future__ import annotations

REPORTS = frozenset(
    """
    report study paper analysis article survey assessment document statement book essay commentary editorial letter poll resolution
    communique communiqué review dossier brief memo memorandum ad advertisement tweet
    """.split()
)
"""What speaks for somebody who wrote or issued it."""

OFFICES = frozenset(
    """
    minister president spokesman spokeswoman spokesperson ambassador leader official general admiral professor
    analyst expert director secretary senator representative chairman chairwoman chairperson envoy diplomat officer commander
    chief head author researcher lawmaker premier chancellor adviser advisor coordinator colonel judge governor
    mayor candidate executive founder scientist scholar fellow specialist congressman congresswoman legislator king queen pope
    prince prosecutor lawyer attorney major captain lieutenant sergeant marshal commissioner inspector administrator
    banker economist historian journalist reporter correspondent editor producer columnist activist farmer fisherman priest
    resident student teacher engineer pilot doctor physician nurse owner manager consultant negotiator delegate deputy member
    """.split()
)
"""What a person is called by: offices, ranks and callings."""

SAME_OFFICE: tuple[frozenset[str], ...] = (
    frozenset({"spokesman", "spokeswoman", "spokesperson"}),
    frozenset({"chairman", "chairwoman", "chairperson", "chair"}),
    frozenset({"adviser", "advisor"}),
    frozenset({"lawmaker", "senator", "representative", "congressman", "congresswoman", "legislator", "mp"}),
    frozenset(
        {"analyst", "expert", "researcher", "scholar", "professor", "fellow", "scientist", "specialist", "economist"}
    ),
    frozenset({"diplomat", "ambassador", "envoy"}),
    frozenset({"leader", "president", "premier", "chancellor"}),
    frozenset({"general", "commander", "admiral", "colonel"}),
)
"""Offices that a later mention may call by another word: "the analyst" for a fellow of an institute."""

FEMALE = frozenset(
    """
    mrs ms miss lady queen spokeswoman chairwoman congresswoman mother sister daughter wife woman actress princess
    """.split()
)
MALE = frozenset(
    """
    mr sir lord king spokesman chairman congressman father brother son husband man prince pope
    """.split()
)
BODIES = frozenset(
    """
    agency institute ministry council committee panel bureau department company commission organisation organization command
    administration office service newspaper broadcaster network group union foundation centre center university academy
    military army navy police government regime court party campaign authority embassy parliament team
    bank firm city town club charity corporation
    """.split()
)
"""Common nouns by which a body named before is called again."""

GENERIC_BODY = frozenset(
    """
    agency newspaper service broadcaster network channel daily outlet paper magazine website group institute
    """.split()
)
ANY_BODY = frozenset({"agency", "group", "organisation", "organization", "company", "body", "firm", "outlet", "bank"})
"""What any body may be called, whatever its name."""

OUTLET_WORDS = {
    "newspaper": frozenset({"paper", "newspaper", "daily", "outlet"}),
    "agency": frozenset({"agency", "outlet"}),
    "state_media": frozenset({"agency", "outlet"}),
    "broadcaster": frozenset({"broadcaster", "network", "channel", "outlet", "station"}),
    "institute": frozenset({"institute", "tank", "group", "centre", "center"}),
}
"""What an outlet of each kind is called when it is named again."""

INFORMANTS = frozenset(
    """
    official lawmaker source expert analyst agency minister ministry spokesman spokeswoman spokesperson report
    media newspaper document statement diplomat investigator researcher outlet person people observer executive
    officer office court police prosecutor aide adviser advisor insider soldier trader defector resident witness member
    """.split()
)
"""Who can be cited without a name."""

_BODILY = {
    "agency",
    "ministry",
    "report",
    "media",
    "newspaper",
    "document",
    "statement",
    "outlet",
    "office",
    "court",
    "police",
}
PEOPLE = (INFORMANTS - _BODILY) | OFFICES | frozenset(
    """
    leader critic supporter opponent voter worker fisherman troop crew family parent ally inspector expert activist
    """.split()
)  # fmt: skip
"""Common nouns that are people, singular."""
