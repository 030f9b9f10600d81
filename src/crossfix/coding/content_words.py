"""The words by which a content shows its stance: patterns over a clause's words, and closed sets of lemmas."""

from __future__ import annotations

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern for any of the given ones, as whole words, in any case."""
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


# what a clause that blames says of its subject
STRONG = any_of(
    r"violat\w+|breach\w*|contraven\w+|infring\w+|flout\w*|flagrant\w*|egregious|reckless\w*|provocati\w+|unacceptable",
    r"atroci\w+|destabili[sz]\w+|illegal\w*|unlawful\w*|illicit|irresponsible|dangerous|outrageous|shameful|disgrace\w*",
    r"brutal\w*|aggression|aggressive|serious (?:matter|threat|concern|violation|breach)|grave",
    r"threats?|threatens?|threatened|threatening|menac\w+|escalatory",
    r"(?:concerning|dangerous|serious|significant) (?:\w+ )*escalation|blatant\w*|defian\w+|defies|defy(?:ing)?|undermin\w+",
    r"abhorrent|horrific|heinous|barbar\w+|criminal|crimes?|terroris[tm]|genocid\w+|murder\w*|deplorable|inexcusable",
    r"unjustifi\w+|intolerable|alarming|troubling|disturbing|hostile|hypocri\w+|absurd|ridiculous|culprit|gangster\w*",
    r"warmonger\w*|betray\w*|mockery|wrong|concerning|worrying|worrisome|cruel|cynical",
)
# commitment to an ally
BACKS = any_of(
    r"commitment|committed to the (?:defen[cs]e|security)|ironclad|solidarity",
    r"stand(?:s|ing)? (?:with|by|beside|behind|alongside)",
    r"support(?:s|ing)? (?:for )?the (?:people|government|defen[cs]e|sovereignty)",
    r"support(?:s|ing)? (?:for )?(?:our (?:all\w+|partners|friends)|its all\w+)",
    r"support(?:s|ing)? (?-i:[A-Z])\w+",
    r"(?:provid(?:e|ing)|suppl(?:y|ying)|arm(?:ing)?|help(?:ing)?) (?-i:[A-Z])\w+ (?:with|to|defend)",
)
# "the report is false"
FALSE = any_of(
    r"not true|untrue|false|baseless|groundless|unfounded|unsubstantiated|fabricat\w+|(?:a |an outright |pure )?lies?",
    r"rumou?rs?|fake|nonsense|fiction|without foundation|no truth|disinformation|misinformation|slander\w*|smear\w*",
    r"incorrect|inaccurate|propaganda",
)
# "there is no evidence that"
NO_GROUND = any_of(
    r"no (?:\w+ )?(?:evidence|indications?|signs?|proof|reason|information|intelligence|basis)|nothing",
    r"(?:not|n't|never) (?:\w+ )?(?:any|evidence|seen|see)(?: (?:any )?(?:evidence|indications?|signs?|proof|information))?",
)
GROUNDS = frozenset({"evidence", "indication", "sign", "proof"})
UNLIKELY = any_of(r"(?:highly |very |extremely )?unlikely|doubtful|improbable|not (?:very |at all )?likely|implausible")
WILL = any_of(r"will|would|shall|wo n't|going to|about to|'ll")
COMING = any_of(
    r"will|would|shall|wo n't|going to|about to|'ll|prepar(?:ing|es|ed) (?:to|for)|plan(?:s|ned|ning)? to",
    r"poised to|set to",
)
PLANS_TO = any_of(r"going to|plan(?:s|ning)? to|intends? to")
LIKELY_TO = any_of(r"(?:un)?likely to|expected to|set to|bound to|poised to")
MUST = any_of(r"must|should|ought to|needs to|need to|needed to|have to|has to")
VITAL = any_of(r"critical|essential|imperative|vital|crucial|necessary|(?:high )?time|important|urgent|incumbent")
TIME_TO = re.compile(r"(?i)\btime (?:\w+ ){0,4}(?:to|for)\b.*")
# hedges that make a statement a guess
GUESS = any_of(
    r"(?:very |highly |most |quite )?likely|probabl[ey]|apparent(?:ly)?(?! that)|appears?|appeared|appearing|seems?|seemed",
    r"possibl[ey]|perhaps|presumably|reportedly|allegedly|supposedly|purportedly|potentially|seemingly|estimated",
    r"(?:is|are|was|were|been) (?:\w+ly )?(?:believed|suspected|thought|rumou?red|feared|said|alleged|reported) to",
    r"believed|suspected to|almost certain(?:ly)?|must have|could be|(?-i:may|May (?:have|be))|might|possibility",
    r"(?:can|could)(?: not| n't|not) (?:\w+ )?(?:rule out|exclude|be ruled out|be excluded)",
)
SIGNS = any_of(r"indications?|signs?|reasons?")
SHOWS = frozenset({"suggest", "indicate", "hint", "imply", "point"})
MAYBE = frozenset({"may", "might", "could"})

# what a speaker says of its own doings, and so announces
OWN_ACTS = frozenset(
    """
    share discuss shift give move boost designate expand bring increase use join make take impose announce launch
    provide continue raise work hold release send deploy build develop strengthen respond pursue conduct begin
    start support go prepare plan intend decide agree
    """.split()
)
# what a body decides, and announces once it is done
DECISIONS = frozenset("impose blacklist sanction ban expel suspend decide approve cancel authorise authorize".split())
# what one is accused of, and denies
ACCUSABLE = frozenset(
    """
    supply sell ship send provide give deliver export transfer transport arm build buy purchase receive import
    acquire possess hold use fire launch attack target strike kill bomb shoot hack steal violate breach break cross
    help assist aid support back train deploy conduct test plan intend seek involve smuggle trade produce sign make
    """.split()
)
DEALINGS = frozenset(
    """
    deal dealing trade transaction cooperation plan intention role part involvement connection link contact weapon
    """.split()
)
INVOLVED = frozenset({"involved", "behind", "responsible", "party"})
# "will be examined": what an office that speaks does next
EXAMINES = frozenset(
    """
    examine investigate study review publish release announce impose hold launch deploy deliver send convene take
    discuss raise inspect consider complete build repeat strengthen
    """.split()
)
# verbs whose stance as a cue does not hold where the speaker says them of itself
NO_CUES = frozenset(
    """
    see launch release attack feel question seek volunteer consider need appear seem order command direct hold regard view
    """.split()
)
OFFICES = any_of(r"ministry|embassy|government|mission|ambassador|foreign minister|defen[cs]e minister")
REFUSED = frozenset("accept tolerate condone allow permit ignore".split())
READY_TO = any_of(r"(?:ready|willing|prepared|determined|resolved) to")
# "it regards the report as slander"
NAMING = frozenset("regard view see consider describe treat call denounce label term brand".split())
READY = frozenset("ready willing prepared determined resolved set".split())
# "may be", "may contain": a guess at what is, no forecast
STATIVE = frozenset(
    """
    be have know want need contain include reflect indicate suggest mean possess hold own depend lack explain seem
    appear belong consist exist originate relate involve represent stem constitute prove show
    """.split()
)
# "the missile could reach": ability
REACH = frozenset(
    """
    reach carry hit strike travel fly deliver cover evade hold exceed penetrate lift orbit target sink destroy intercept
    """.split()
)
CRAFT = frozenset(
    """
    missile rocket weapon system drone satellite icbm warhead booster submarine torpedo projectile jet aircraft shell
    range vehicle engine launcher gun ship fleet boat vessel bomb radar
    """.split()
)
# verbs whose object is what the clause says of its subject
EXPOSES = frozenset(
    """
    recognize recognise highlight underscore expose reflect demonstrate show constitute represent pose remain amount
    be become illustrate
    """.split()
)
NO_IMPERATIVE = frozenset(
    "let look see remember consider note thank take say listen suppose imagine mind welcome bear be".split()
)
