# ruff: noqa: E501  (regular expressions are easier to check whole)
"""The grammar of English time expressions: one regular expression a rule, tried at every word that may begin one.

The longest match wins; on a tie the earlier rule. Each rule's name is that of the method of ``resolve.Resolver`` that
reads it. Spans follow TimeML: articles and qualifiers belong to the expression, prepositions do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crossfix.language.times import words as w

_M, _D, _Y, _WD, _U, _N = w.MONTH, w.DAYNUM, w.YEAR, w.WEEKDAY, w.UNIT, w.NUMBER
_PARTS = (
    r"(?P<part>(?:very )?(?:early|late|earlier|later|sometime|mid)(?:[ -](?:on|in|into|of))?|(?:mid|early|late)-|middle of|(?:the )?(?:very )?"
    r"(?:beginning|start|early part|early days|opening|middle|end|close|latter part|latter half|tail end|first half|second half|"
    r"first part|last half|first weeks?|last weeks?|final weeks?|first days|last days|final days|early weeks) of)"
)
_PART = rf"(?:{_PARTS}(?: |(?<=-)))?"
_DAY_PART = rf"(?: (?:in the |at )?(?P<dp>{w.DAY_PART}))?"
_ZONE = (
    r"(?:GMT|UTC|Z|[ECMP][SD]?T|KST|JST|MSK|CET|CEST|BST|IST|EET|EEST|(?:local|Korea(?:n)?|Korean standard|Pyongyang|Seoul|"
    r"Tokyo|Japan(?:ese)?|Moscow|Kyiv|Kiev|Washington|Beijing|Tehran|eastern|pacific) (?:standard |daylight )?time)"
)
_CLOCK = (
    rf"(?:(?:(?P<h>[01]?\d|2[0-3])(?:[:.](?P<min>[0-5]\d))?(?: ?o{w.APOS}clock)? ?(?P<ap>[ap]\.?m\b\.?)|(?P<h2>[01]?\d|2[0-3])"
    rf"[:](?P<min2>[0-5]\d)(?::[0-5]\d)?(?: ?hours| hrs)?|(?P<h3>[01]\d|2[0-3])(?P<min3>[0-5]\d)(?= ?(?:GMT|UTC|hours|hrs|Z\b|KST|JST|local))"
    rf"(?: hours| hrs)?|(?P<hw>noon|midnight|midday|{w.NUMBER_WORDS} o{w.APOS}clock))(?: \((?P<zone2>{_ZONE})\)| (?P<zone>{_ZONE})\b)?)"
)
_QTY = rf"(?:(?P<n>{_N})(?:(?: to | or |-| and a )(?P<n2>{_N}))?|(?P<vague>{w.VAGUE}))"
_REL = r"(?P<rel>this past|this coming|last|this|next|(?:the )?(?:very )?(?:past|previous|following|coming|same|current|prior|preceding|next|last|latest|ensuing|upcoming)|that same|that)"
_OF = rf"(?:,? (?:of |in )?(?P<y>{_Y})|(?:,? of| in|,)? (?P<yrel>(?:last|this|next|that|the same|the following|the previous) year))"
_HOLIDAYS = (
    rf"(?:Christmas(?: (?:Day|Eve))?|New Year{w.APOS}?s?(?:{w.APOS})?(?: (?:Day|Eve))?|Thanksgiving(?: Day)?|Easter(?: Sunday| Monday)?|Good Friday|"
    rf"Labor Day|Memorial Day|Independence Day|the Fourth of July|Halloween|Valentine{w.APOS}s Day|Veterans Day|Columbus Day|"
    rf"Martin Luther King Day|Presidents{w.APOS}? Day|Palm Sunday|(?:the )?Day of the Sun|(?:the )?Day of the Shining Star|May Day|Boxing Day|"
    rf"(?:the )?Lunar New Year(?: Day)?|Chinese New Year|Bastille Day|(?:the )?Defender of the Fatherland Day|Seollal)"
)

_SOURCES: list[tuple[str, str]] = [
    (
        "half",
        rf"(?:(?P<poss>(?:last|this|next) year){w.APOS}s |(?:the )?)(?P<half>first|second|latter|last)[ -]half(?: of (?:the )?(?:{_Y}|(?:last|this|next|that) year|fiscal {_Y}|the year))?",
    ),
    ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<t>(?:[01]\d|2[0-3]):[0-5]\d)(?::\d\d)?(?P<z>Z)?)?"),
    ("numeric", r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?![\d/.-]?\d)"),
    (
        "month_day",
        rf"{_PART}(?:(?P<wd>{_WD})(?:,? (?P<dp>{w.DAY_PART}))?,? )?(?P<m>{_M}) (?P<d>{_D})"
        rf"(?:,? Juche \d+ ?\((?P<yj>{_Y})\)|,? (?P<y>{_Y})| of (?P<yrel>(?:last|this|next|that) year))?",
    ),
    (
        "day_month",
        rf"{_PART}(?:(?P<wd>{_WD}),? )?(?:the )?(?P<d>{_D})(?: of|-)? ?(?P<m>{_M})(?:,? (?P<y>{_Y}))?(?: of (?P<yrel>(?:last|this|next|that) year))?",
    ),
    ("month_day_range", rf"(?P<m>{_M}) (?P<d>{_D}) ?(?:-|–|—|to|through|until) ?(?P<d2>{_D})(?:,? (?P<y>{_Y}))?"),
    (
        "month_day_span",
        rf"(?P<m>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))? ?(?:-|–|—) ?(?P<m2>{_M}) (?P<d2>{_D})(?:,? (?P<y2>{_Y}))?",
    ),
    ("day_month_range", rf"(?P<d>{_D}) ?(?:-|–|—|to|until) ?(?P<d2>{_D}) (?P<m>{_M})(?:,? (?P<y>{_Y}))?"),
    ("month_day_list", rf"(?P<m>{_M}) (?P<ds>{_D}(?:(?:, |,? and | or ){_D}(?! [a-z])){{1,12}})(?:,? (?P<y>{_Y}))?"),
    ("day_month_list", rf"(?P<ds>{_D}(?:(?:, |,? and | or ){_D}){{1,12}}) (?P<m>{_M})(?:,? (?P<y>{_Y}))?"),
    ("month", rf"{_PART}(?:{_REL} )?(?P<m>{_M})(?:{_OF})?"),
    ("month_range", rf"(?P<m>{_M}) ?(?:-|–|—) ?(?P<m2>{_M})(?:,? (?P<y>{_Y}))?"),
    ("day_before", r"the (?:very )?(?P<u>day|night|week|weekend|month|year|quarter) (?P<dir>before|after|earlier|later)(?=[,.;:)]|$| (?:it|he|she|they|we|in|at|on)\b)"),
    ("month_of_year", rf"{_PART}(?P<rel>last|this|next|that) year{w.APOS}s (?P<m>{_M})"),
    ("month_last_year", rf"{_PART}(?P<y>{_Y}){w.APOS}s (?P<m>{_M})"),
    (
        "weekday",
        rf"{_PART}(?:(?:on )?{_REL} )?(?P<wd>{_WD})(?:,? (?P<dp>{w.DAY_PART}))?(?: (?P<week>(?:this|last|next) week|a week ago))?"
        rf"(?:,? (?P<zone>{_ZONE}))?",
    ),
    ("weekday_week", rf"(?P<rel>last|this|next) week{w.APOS}?s? ?(?:on )?(?P<wd>{w.WEEKDAY_FULL})"),
    ("year", rf"{_PART}(?:(?:the )?(?:year|calendar year) )?(?P<y>{_Y})(?P<s>s)?(?! (?:people|men|troops|soldiers|km|kilomet))"),
    ("year_part", rf"(?:the )?(?P<y>{_Y})(?:{w.APOS}s)? (?P<q>{w.QUARTER})[ -]quarter"),
    ("year_slash", rf"(?P<y>{_Y})[-–/](?P<y2>\d\d|{_Y})(?![\d/-])"),
    ("fiscal", rf"{_PART}(?:the )?(?:fiscal(?: year)?|FY) ?{w.APOS}?(?:(?P<y>1[5-9]\d\d|20\d\d)[-–/](?P<y2>20\d\d|\d\d)\b|(?P<y3>{_Y}|\d\d\b))"),
    ("spoken_year", rf"(?:the year )?(?P<words>nineteen[- ](?:oh[- ])?(?:{w.NUMBER_WORDS})|(?:the year )?two thousand(?: and)?(?: {w.NUMBER_WORDS})?|twenty[- ](?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?))"),
    ("spoken_month", rf"{_PART}(?P<m>{_M}) (?P<words>nineteen[- ]{w.NUMBER_WORDS}|two thousand(?: and)?(?: {w.NUMBER_WORDS})?)"),
    (
        "decade",
        rf"{_PART}(?:the )?(?:(?:first|last|second|latter) half of (?:the )?)?(?:(?:early|late|mid)[ -]?(?:to[ -](?:mid|late)[ -])?)?"
        rf"(?:(?P<dec>(?:1[5-9]|20)\d0){w.APOS}?s|{w.APOS}(?P<dec2>\d0)s|(?P<decw>{'|'.join(w.DECADE_WORDS)}))(?!\w)",
    ),
    ("century", rf"{_PART}(?:the )?(?:(?:early|late|mid)[ -])?(?P<c>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(w.ORDINALS)})[ -]century"),
    (
        "quarter",
        rf"{_PART}(?:(?P<poss>(?:last|this|next) year){w.APOS}s |(?:the |its |their |a |a flat |this year{w.APOS}s )?)(?:(?:current|latest|recent|full|"
        rf"year-ago|year-earlier|comparable year-ago|comparable|just-ended|fiscal|corresponding|previous)[ -])*(?P<q>{w.QUARTER})[ -](?:fiscal[ -])?quarter(?:{_OF}| a year (?:ago|earlier))?",
    ),
    ("quarter_code", rf"(?:(?P<q>Q[1-4])(?:,? (?:of )?{w.APOS}?(?P<y>{_Y}|\d\d\b))?|(?P<q2>[1-4]Q) ?{w.APOS}?(?P<y2>{_Y}|\d\d\b))"),
    (
        "the_period",
        rf"(?:the|its|a) (?:(?P<adj>full|fiscal|whole|entire|calendar) )*(?P<u>year|week|month|quarter)(?={w.APOS}s (?!end)| (?:that )?(?P<way>ended|ending|to|through) "
        rf"(?:(?P<tw>today|tomorrow|yesterday)|(?P<m>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?)|\b)",
    ),
    ("quarters_of", rf"{w.APPROX}?(?:the )?(?P<w>first|last|second|final) two quarters of (?P<y>{_Y})"),
    ("nth_day", rf"(?:the |its |their )?(?:{'|'.join(w.ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th)) (?:straight |consecutive )?day(?= of\b)"),
    (
        "quarter_rel",
        r"(?:the |this |an? )?(?:corresponding |comparable |same )?(?P<back>year-ago|year-earlier)(?: (?P<q>first|second|third|fourth))?(?P<nm> (?P<mn>three|six|nine) months| (?:quarter|period|month))?|"
        rf"(?:the |this |that |last year{w.APOS}s |next year{w.APOS}s )?(?P<now>latest|current|recent|most recent|same|corresponding|comparable) (?:fiscal )?(?:quarter|period)"
        rf"(?P<y> (?:last year|a year (?:ago|earlier)))?|(?:the )?(?P<yy>{_Y}) (?:quarter|period)|the (?P<bare>quarter)(?P<y2> (?:a year (?:ago|earlier)))?",
    ),
    ("first_months", rf"the (?:first|last|final|latest|year-earlier) (?P<n>two|three|six|nine|10|eleven|\d+) (?P<u>months|quarters|weeks|days)(?= of (?:the )?(?P<of>{_Y}|(?:last|this|next|that) year|year)|\b)"),
    ("months_through", r"(?:the |in the )?(?P<n>three|six|nine) months"),
    ("season", rf"{_PART}(?:(?:{_REL}|the (?:(?:early|late) )?) ?)?(?P<s>{w.SEASON})(?:,? (?:of )?(?P<y>{_Y}|{w.APOS}\d\d\b)|,? of (?P<yrel>(?:last|this|next) year)| of (?P<ys>nineteen {w.NUMBER_WORDS}))?"),
    ("deictic", rf"{_PART}(?P<word>today|yesterday|tomorrow|the day (?P<dir>before yesterday|after tomorrow)|tonight)(?:{w.APOS}s(?= ))?{_DAY_PART}"),
    ("day_part_deictic", rf"(?P<pre>{w.DAY_PART}|mid[- ](?:morning|afternoon)|late (?:morning|afternoon|evening)|early (?:morning|afternoon|evening)) (?P<word>today|yesterday|tomorrow)"),
    ("this_part", rf"{_PART}(?P<rel>this|last|the next|that|the following|the same|the previous|the|tomorrow|yesterday) (?:very )?(?:mid-|mid |early |late )?(?P<dp>morning|afternoon|evening|night)"),
    ("overnight", r"overnight|mid-(?:morning|afternoon)|mid (?:morning|afternoon)"),
    ("unit", rf"{_PART}{_REL} (?:(?P<adj>fiscal|calendar|full|school|academic|business|trading|crucial|critical) )?(?P<u>day|night|week|weekend|fortnight|month|quarter|year|decade|century)(?! old)"),
    (
        "same_unit",
        rf"the same (?P<u>day|week|month|quarter)(?:,? (?:in|of) (?P<y>{_Y})|,? (?:of )?last year|,? (?:a|the) year (?:ago|earlier|before))",
    ),
    ("the_unit", rf"{_PARTS} the (?P<u>day|week|weekend|month|quarter|year|decade|century)"),
    ("unit_end", rf"(?:(?:about|around) )?(?:the )?(?P<u>year|month|week|quarter)(?:{w.APOS}s)?(?P<e>[ -]end)(?: (?P<y>{_Y}))?"),
    ("the_weekend", rf"{_PART}the weekend"),
    ("then", r"then(?=\W)"),
    ("week_of", rf"the week (?:of|beginning|ending|ended|starting) (?P<m>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?"),
    (
        "ago",
        rf"{w.APPROX}?{_QTY} (?:(?:full|whole|short|long|calendar|fiscal) )?(?P<u>{_U})(?: (?P<so>or so|or more))? (?:(?P<exact>to the day )?(?P<dir>ago|earlier|(?:before|after) (?:that|this|then)(?=[.,;:)]|$| [a-z])|before|later|after|afterwards?|from now|hence|previously|prior|thereafter)(?! (?:this|last) ))(?P<wd> (?:on |this |last )?{w.WEEKDAY_FULL})?",
    ),
    ("bare_day", r"the (?P<d>3[01]|[12]?\d)(?:st|nd|rd|th)(?=[.,;:)]|$| (?:and|or|but|he|she|it|they|at|in|to|when|after|before|by|with|for|from|was|were|is)\b)"),
    ("ago_bare", r"(?P<u>minutes|hours|days|weeks|months|years|decades|centuries) (?P<dir>ago|earlier|later)"),
    ("long_ago", r"long ago|not (?:so )?long ago|some time ago|a (?:short |long )?while ago|once"),
    (
        "span_of",
        rf"(?:(?:nearly|almost|about|at least|roughly|just|only|as (?:much|many) as) )?(?:the |these |this |his |her |its |their |our |my )?(?:very )?(?P<dir>past|last|next|first|previous|coming|preceding|following|recent|final|latest) (?:{_QTY} )?(?:(?:full|more|consecutive|trading|business|fiscal|working|straight) )*(?P<u>seconds|minutes|hours|days|nights|weeks|weekends|months|quarters|years|decades|centuries)(?: or (?:so|more|two))?(?: (?P<ahead>ahead))?",
    ),
    ("ahead", r"(?:the )?(?P<u>minutes|hours|days|weeks|months|years|decades) (?P<dir>ahead|to come)"),
    ("past_unit", r"the past (?P<u>day|night|week|weekend|month|quarter|year|decade|century|hour)"),
    (
        "duration",
        rf"{w.APPROX}?(?:the |these |those |an? additional |another |every |each )?{_QTY} (?:(?:full|whole|more|consecutive|straight|trading|business|working|additional|long|short|entire|other|further|calendar|fiscal|extra) )*(?P<u>{_U})(?P<half> and a (?P<hn>half|quarter))?(?: or (?:so|more))?(?P<old>[- ]old)?",
    ),
    ("duration_range", rf"{w.APPROX}?(?P<n>{_N}) (?P<u>seconds?|minutes?|hours?),? (?:and )?(?P<n2>{_N}) (?P<u2>seconds?|minutes?)"),
    ("duration_hyphen", rf"(?:(?:{w.APPROX}|the |an? )(?=\S+ (?:period|term)\b))?(?P<n>{_N}|several|multi|half)[- ](?:and-a-half-)?(?P<u>second|minute|hour|day|night|week|month|quarter|year|decade|century)(?P<long>-long|-old| old)?(?: (?P<noun>period|term))?(?!\w)"),
    ("half_unit", r"half (?:a|an) (?P<u>second|minute|hour|day|week|month|year|decade|century)|a (?P<u2>half[- ](?:hour|century|decade|year|day))"),
    ("unit_long", r"(?P<u>hours?|days?|weeks?|months?|years?|decades?|century)-(?:long|old)"),
    ("bare_units", r"(?P<u>seconds|minutes|hours|days|weeks|months|years|decades|centuries)(?: or (?:weeks|months|years|decades)| and (?:months|years|decades))?"),
    ("while", r"(?:a|quite a|a little) while|some time|a (?:fairly |very )?(?:long|short|lengthy|brief) (?:time|period)|a long time"),
    ("every", rf"(?:every|each) (?:(?P<other>other )|(?P<n>{_N}) )?(?P<u>seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|quarters?|years?|decades?|morning|afternoon|evening|{w.WEEKDAY_FULL}s?|{_M}|{w.SEASON})"),
    ("adverb_set", r"(?P<word>daily|weekly|monthly|annually|yearly|hourly|nightly|fortnightly|bimonthly|biweekly|biannually|semiannually)(?!-)"),
    ("times_a", rf"(?:once|twice|(?P<n>{_N}) times) (?:a|an|every|each|per) (?P<u>second|minute|hour|day|night|week|month|quarter|year|decade)"),
    ("plural_weekday", rf"(?P<wd>{w.WEEKDAY_FULL})s"),
    ("present", r"(?:right |until |by )?now(?! -?known)|currently|at present|at the moment|presently|nowadays|these days|this (?:crucial |very |critical )?moment|the (?:current|present) (?:time|moment)|the present|current(?! (?:account|events))"),
    ("past", r"(?:more |most |very |only |just |as )?recently|(?:more |most |very )?recent|formerly|the (?:recent )?past|lately|the time(?= of| when|,|\.)|that time|at the time|(?:an? )?earlier (?:time|date)"),
    ("future", r"the (?:near |not[- ]too[- ]distant |foreseeable |immediate |distant )?future(?! of)|(?:near |foreseeable )future|(?<!as )soon(?! after)|as soon as possible|a later (?:date|time)|the (?:near|short|long) term|in due course|shortly(?! (?:after|before))"),
    ("clock", rf"{w.APPROX}?{_CLOCK}(?:,? (?:on |this |last |next )?(?:(?:(?P<tw>today|yesterday|tomorrow|tonight)|(?P<wd>{_WD}))(?: (?P<dp>{w.DAY_PART}))?))?(?:,? (?:on )?(?:{_WD},? )?(?:(?P<m>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?|(?:the )?(?P<d2>{_D}) (?:of )?(?P<m2>{_M})(?:,? (?P<y2>{_Y}))?))?"),
    (
        "anniversary",
        rf"(?:(?:the|its|their|his|her|a) )?(?P<n>{'|'.join(w.ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))[- ](?:year )?anniversary",
    ),
    ("holiday", rf"(?:(?:the )?(?P<rel>last|this|next|this past) )?(?P<day>{_HOLIDAYS})(?:,? (?P<y>{_Y}))?"),
]  # fmt: skip
RULES: list[tuple[str, re.Pattern[str]]] = [(name, re.compile(source, re.IGNORECASE)) for name, source in _SOURCES]

# Words that may begin an expression: everything else is passed over quickly.
_STARTS = re.compile(
    rf"(?<![\w-])(?<!\d[.,/:])(?<!\$)(?:(?P<digit>[1-4]Q|Q[1-4]|\d|{w.APOS}\d0s)|(?P<cal>{_M}|{_WD}|{w.WEEKDAY_FULL}s)|(?P<other>(?:the|an?|this|that|these|those|last|next|every|"
    r"each|past|previous|following|coming|current(?:ly)?|prior|preceding|latest|recent(?:ly)?|early|earlier|late(?:ly|r)?|mid|middle|beginning|start|end|first|second|third|fourth|final|"
    rf"sometime|very|today|yesterday|tomorrow|tonight|now|right|until|presently|nowadays|at|in|as|more|most|only|just|lately|formerly|previously|soon|shortly|eventually|near|foreseeable|"
    rf"over|nearly|almost|about|around|approximately|roughly|less|fewer|up|no|not|another|exactly|well|several|few|many|some|dozens|couple|hundreds|thousands|countless|quite|"
    rf"{w.NUMBER_WORDS}|half|multi|noon|midday|midnight|morning|afternoon|evening|overnight|{w.SEASON}|fiscal|FY|year|month|week|quarter|seconds|minutes|hours|days|weeks|months|years|decades|"
    r"centuries|day|hour|century|decade|daily|weekly|monthly|annually|yearly|hourly|nightly|fortnightly|bi(?:monthly|weekly|annually)|semiannually|once|twice|long|its|their|his|"
    r"her|our|my|on|twent|thirt|fort|fift|sixt|sevent|eight|ninet(?=ies)|Christmas|New|Thanksgiving|Easter|Good|Labor|Memorial|Independence|Halloween|Valentine|Veterans|Columbus|then|"
    r"Martin|Presidents|Palm|Day|Boxing|Lunar|Chinese|Bastille|Defender|Seollal|upcoming))(?![A-Za-z]))",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W_]")


class Found(NamedTuple):
    """A rule's match, before it is resolved. Offsets are into the text given to ``scan``."""

    rule: str
    match: re.Match[str]
    start: int
    end: int


def matches_at(text: str, position: int) -> list[Found]:
    """All rules that match at a position and end at a word's end, longest first (the earlier rule on a tie)."""
    out = []
    for rule, pattern in RULES:
        m = pattern.match(text, position)
        if not m or m.end() == position:
            continue
        end = m.end()
        if end < len(text) and _LETTER.match(text, end - 1) and _LETTER.match(text, end):
            continue
        out.append(Found(rule, m, position, end))
    out.sort(key=lambda f: -f.end)
    return out


def starts(text: str) -> Iterator[int]:
    """Where an expression may begin, in order."""
    for m in _STARTS.finditer(text):
        yield m.start()
