"""The words by which events and transfers are found: verbs, nouns, hedges, parties. Data only, no rules.

Made by hand from the wording of public reporting on arms and missile matters; lower case, lemmas unless said otherwise.
"""

from __future__ import annotations

import re

# ------------------------------------------------------------------ a cheap look before any rule runs

TRIGGER = re.compile(
    r"\b(?:launch|fir(?:e|ed|es|ing)\b|test|detonat|explo(?:d|sion)|lob|lift(?:ed)?[- ]?off|orbit|missile|rocket|satellite|"
    r"meet|met\b|talk|summit|spoke|speak|brief|call|negotiat|confer|consult|session|congress|iteration|gather|"
    r"visit|travel|trip|arriv|tour|host|welcom|receiv|"
    r"sanction|blacklist|designat|resolution|embargo|impos|adopt|"
    r"drill|exercis|maneuver|manoeuvre|wargame|war game|"
    r"deliver|suppl|ship|send|sent\b|provid|provision|transfer|export|import|s[eo]ld\b|sell|sale|sales\b|giv|gave\b|furnish|"
    r"hand|donat|arm(?:s|ed|ing|ament)?\b|equip|smuggl|"
    r"bought|buy|purchas|acqui|obtain|procur|secur|container|cargo|load|stockpile|weapon|munition|ammunition|"
    r"help|assist|cooperat|seek|sought|want|turn|look|search|package|"
    r"releas|publish|issued?|unveil|disclos|showcas|display|deploy|attack|strik|struck|dispatch|said|announc|den(?:y|ied)|"
    r"condemn|claim|photo|share|attempt|fail|ask|request|jets?\b|drone|tanks?\b|shells?\b|train|move|haul|ferr)",
    re.I,
)

# ------------------------------------------------------------------ what is launched, tested, fired

MISSILE_NOUNS = frozenset(
    "missile missiles icbm icbms slbm slbms irbm irbms mrbm mrbms srbm srbms projectile projectiles hwasong musudan nodong "
    "rodong taepodong pukguksong hyunmoo topol sarmat bulava yars iskander shahab fateh khorramshahr agni minuteman trident "
    "dongfeng tomahawk kalibr oreshnik burevestnik hypersonic hgv warhead".split()
)
MISSILE_NAME = re.compile(
    r"(?:hwasong|hwasal|pukguksong|musudan|nodong|rodong|taepodong|kn|df|jl|agni|topol|rs|ss|fateh|fath|shahab|sejjil|khorramshahr|"
    r"zolfaghar|hyunmoo|pulhwasal|bulava|sarmat|sineva|icbm|slbm|irbm|mrbm|srbm)[-‑–]?[\w.-]*",
    re.I,
)
ROCKET_NOUNS = frozenset("rocket rockets booster boosters".split())
SPACE_NOUNS = frozenset(
    "satellite satellites spacecraft slv unha chollima malligyong kwangmyongsong simorgh qased nuri naro orbiter spaceship soyuz "
    "fregat sputnik".split()
)
SPACE_WORDS = re.compile(
    r"\b(?:satellites?|space|spacecraft|orbit|orbital|SLV|carrier rocket|launch vehicle|Chollima|Malligyong|Unha|Kwangmyongsong)\b",
    re.I,
)
NUCLEAR_WORDS = frozenset("nuclear atomic hydrogen thermonuclear h-bomb".split())
NUCLEAR_OBJECTS = frozenset(
    "device devices bomb bombs warhead warheads weapon weapons h-bomb test tests explosion".split()
)
SEA = re.compile(
    r"\b(?:sea|ocean|waters|gulf|pacific|atlantic|eez|zone|east sea|range|target area|coast|seawards?)\b", re.I
)

LAUNCH_VERBS = frozenset("launch fire test test-fire testfire lob shoot loft blast loose".split())
NUCLEAR_VERBS = frozenset("test detonate explode".split())
LIGHT_VERBS = frozenset(
    "conduct carry hold stage stag perform undertake make pay complete do execute host convene attend have begin start open finish "
    "wrap organise organize run resume oversee watch observe guide supervise witness".split()
)
TEST_NOUNS = frozenset(
    "test tests testing launch launches launching firing firings test-firing test-launch liftoff blast".split()
)
EXERCISE_NOUNS = frozenset(
    "drill drills exercise exercises maneuver maneuvers manoeuvre manoeuvres wargame wargames".split()
)
EXERCISE_WORDS = re.compile(
    r"\b(?:military|joint|naval|air|live[- ]fire|war|combat|artillery|missile|army|trilateral|bilateral|annual|defen[cs]e|nuclear|"
    r"maritime|anti-submarine|interdiction|amphibious|field|snap|readiness|freedom|shield|computer-simulated|tactical|firing)\b",
    re.I,
)

# ------------------------------------------------------------------ meetings and visits

MEETING_NOUNS = frozenset(
    "meeting meetings summit summits talk talks session sessions conference phone-call call calls conversation dialogue briefing "
    "iteration congress plenum consultation consultations negotiation negotiations".split()
)
MEETING_VERBS = frozenset("meet confer".split())
TALK_VERBS = frozenset("speak talk consult negotiate".split())
VISIT_VERBS = frozenset("visit tour".split())
TRAVEL_VERBS = frozenset("travel arrive fly".split())
VISIT_NOUNS = frozenset("visit visits trip trips tour stopover".split())
HOST_VERBS = frozenset("host receive welcome".split())
PLACE_NOUNS = frozenset(
    "port city town village capital province region district county prefecture state island coast sea base site area waters outskirts "
    "station airport suburb republic territory border north south east west part resort peninsula gulf city-state field range".split()
)
PERSON_NOUNS = frozenset(
    "president premier minister ministers leader leaders chairman secretary envoy envoys ambassador ambassadors delegation delegations "
    "official officials counterpart counterparts chief general advisor adviser advisors advisers foreign lawmakers diplomat diplomats "
    "commander head king prince chancellor director team experts representatives representative governor inspectors".split()
)

# ------------------------------------------------------------------ sanctions, publications

SANCTION_NOUNS = frozenset(
    "sanction sanctions embargo embargoes blacklist restriction restrictions measure measures".split()
)
SANCTION_VERBS = frozenset(
    "impose slap adopt approve announce expand tighten levy pass issue unveil introduce place enact".split()
)
DESIGNATE_VERBS = frozenset("designate blacklist sanction".split())
PUBLICATION_VERBS = frozenset("release publish issue unveil disclose declassify post".split())
PUBLICATION_NOUNS = frozenset(
    "report reports imagery image images photo photos photograph photographs footage video graphic document documents analysis study "
    "intelligence paper assessment statistics white-paper findings".split()
)
SAY_VERBS = frozenset("say tell announce state declare deny condemn warn claim report vow pledge".split())
COMBAT_NOUNS = frozenset("attack attacks strike strikes raid raids bombardment barrage assault wave waves".split())
DISPLAY_VERBS = frozenset("showcase display parade deploy unveil exhibit".split())
INFO_NOUNS = frozenset("information intelligence".split())

# ------------------------------------------------------------------ manner

FAIL_WORDS = frozenset(
    "fail failed failure unsuccessful unsuccessfully failing crash crashed abort aborted malfunction accident botched fizzle".split()
)
SUCCESS_WORDS = frozenset("success successful successfully succeed succeeded".split())
HEDGES = frozenset(
    "allegedly reportedly apparently possibly presumably suspected alleged purported purportedly believed likely probably "
    "supposedly seemingly".split()
)
HEDGE_VERBS = frozenset("appear seem suspect believe think allege fear accuse presume".split())
FUTURE_VERBS = frozenset(
    "plan intend prepare expect schedule vow threaten aim go set due pledge promise agree announce decide poise ready propose hope "
    "anticipate predict forecast".split()
)
WISH_VERBS = frozenset("want urge ask call demand seek wish request consider warn need desire".split())
FUTURE_ADJECTIVES = frozenset(
    "planned upcoming forthcoming scheduled proposed expected imminent future next anticipated".split()
)
POSSIBLE_ADJECTIVES = frozenset("possible potential hypothetical threatened prospective".split())
ACTUAL_CONTROL = frozenset(
    "manage succeed begin start proceed able use help continue appear seem claim confirm report admit fail try attempt".split()
)
BELIEF_VERBS = frozenset("believe think see show find assess indicate say suggest".split())

ORDINAL_WORDS: dict[str, int] = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
        "seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}

# ------------------------------------------------------------------ transfers

GIVE_VERBS = frozenset(
    "deliver supply send ship provide transfer export sell give furnish hand donate arm equip smuggle funnel transport "
    "dispatch gift lend share".split()
)
WITH_VERBS = frozenset("provide supply arm equip furnish present".split())
"""Verbs whose object may be the recipient, the thing standing after "with"."""
GET_VERBS = frozenset("receive buy purchase acquire obtain procure get import source secure".split())
SEEK_VERBS = frozenset("seek want request need pursue search desire crave covet shop".split())
OFFER_WORDS = frozenset(
    "offer suggest willing willingness pledge promise agree propose ready readiness commit announce vow".split()
)
PREDICT_WORDS = frozenset("expect anticipate predict forecast likely may could might possible potential would".split())
TRANSFER_NOUNS = frozenset(
    "shipment shipments delivery deliveries supply supplies transfer transfers export exports sale sales provision "
    "transfers".split()
)
GET_NOUNS = frozenset("procurement purchase purchases acquisition import imports receipt".split())
DEAL_NOUNS = frozenset("deal deals dealing dealings trade".split())
MOVE_VERBS = frozenset("leave depart travel sail arrive move ship bind head cross enter".split())
HELP_VERBS = frozenset("help assist aid".split())
IMPROVE_VERBS = frozenset(
    "develop enhance improve upgrade build modernise modernize advance expand launch produce perfect".split()
)
ASSIST_NOUNS = frozenset("assistance cooperation help aid support expertise know-how technology technologies".split())

# ------------------------------------------------------------------ parties

COUNTRIES: dict[str, tuple[str, ...]] = {
    "North Korea": ("north korea", "north korean", "north koreans", "dprk", "pyongyang", "the north",
                    "democratic people’s republic of korea",
                    "democratic people's republic of korea", "kcna", "rodong sinmun", "korean central news agency", "n korea", "n. korea",
                    "workers’ party of korea", "workers' party of korea", "nata",
                    "korean people’s army", "korean people's army", "kpa", "kcna watch"),
    "South Korea": ("south korea", "south korean", "south koreans", "rok", "seoul", "republic of korea", "blue house", "the south",
                    "national intelligence service", "joint chiefs of staff of south korea", "s korea", "s. korea"),
    "Russia": ("russia", "russian", "russians", "moscow", "kremlin", "russian federation", "tass", "ria novosti", "roscosmos", "sputnik"),
    "Ukraine": ("ukraine", "ukrainian", "ukrainians", "kyiv", "kiev"),
    "United States": ("united states", "us", "u.s.", "u.s", "usa", "america", "american", "americans", "washington", "white house",
                      "pentagon", "state department", "united states of america", "department of the treasury", "department of commerce",
                      "department of state", "department of defense", "treasury department", "commerce department", "treasury",
                      "biden administration", "trump administration", "obama administration", "nsc", "congress"),
    "China": ("china", "chinese", "beijing", "prc", "people's republic of china", "xinhua"),
    "Japan": ("japan", "japanese", "tokyo"),
    "Iran": ("iran", "iranian", "iranians", "tehran", "irgc", "islamic revolutionary guard corps", "revolutionary guards", "irna",
             "iran’s revolutionary guard corps", "revolutionary guard corps"),
    "Israel": ("israel", "israeli", "israelis", "idf"),
    "India": ("india", "indian", "new delhi"),
    "Pakistan": ("pakistan", "pakistani", "islamabad"),
    "United Kingdom": ("united kingdom", "uk", "u.k.", "britain", "british", "london"),
    "France": ("france", "french", "paris", "elysee"),
    "Germany": ("germany", "german", "berlin"),
    "Belarus": ("belarus", "belarusian", "minsk"),
    "Syria": ("syria", "syrian", "damascus"),
    "Turkey": ("turkey", "turkish", "ankara", "türkiye"),
    "Saudi Arabia": ("saudi arabia", "saudi", "riyadh"),
    "United Arab Emirates": ("united arab emirates", "uae", "emirati"),
    "Yemen": ("yemen", "yemeni"),
    "Egypt": ("egypt", "egyptian", "cairo"),
    "Libya": ("libya", "libyan"),
    "Iraq": ("iraq", "iraqi", "baghdad"),
    "Jordan": ("jordan", "jordanian"),
    "Lebanon": ("lebanon", "lebanese"),
    "Afghanistan": ("afghanistan", "afghan", "kabul"),
    "Taiwan": ("taiwan", "taiwanese", "taipei"),
    "Vietnam": ("vietnam", "vietnamese", "hanoi"),
    "Mongolia": ("mongolia", "mongolian"),
    "Malaysia": ("malaysia", "malaysian"),
    "Indonesia": ("indonesia", "indonesian"),
    "Myanmar": ("myanmar", "burma", "burmese"),
    "Cuba": ("cuba", "cuban"),
    "Venezuela": ("venezuela", "venezuelan", "caracas"),
    "Canada": ("canada", "canadian"),
    "Australia": ("australia", "australian", "canberra"),
    "Poland": ("poland", "polish", "warsaw"),
    "Italy": ("italy", "italian"),
    "Spain": ("spain", "spanish"),
    "Netherlands": ("netherlands", "dutch"),
    "Norway": ("norway", "norwegian"),
    "Sweden": ("sweden", "swedish"),
    "Finland": ("finland", "finnish"),
    "Czech Republic": ("czech republic", "czech", "czechia"),
    "Romania": ("romania", "romanian"),
    "Serbia": ("serbia", "serbian"),
    "Kazakhstan": ("kazakhstan", "kazakh"),
    "Angola": ("angola", "angolan"),
    "Namibia": ("namibia", "namibian"),
    "Sudan": ("sudan", "sudanese"),
    "Ethiopia": ("ethiopia", "ethiopian"),
    "Eritrea": ("eritrea", "eritrean"),
    "Mali": ("mali", "malian"),
    "South Africa": ("south africa", "south african", "pretoria"),
    "Singapore": ("singapore",),
}  # fmt: skip
"""States by the words that stand for them or for a body of theirs; capitals count as the state where they act."""

COUNTRY_CODES: dict[str | None, str] = {
    "KP": "North Korea", "KR": "South Korea", "RU": "Russia", "CN": "China", "IR": "Iran", "US": "United States", "UA": "Ukraine",
    "JP": "Japan", "SY": "Syria", "BY": "Belarus", "TR": "Turkey", "IL": "Israel", "PK": "Pakistan", "IN": "India",
}  # fmt: skip
"""ISO 3166 codes of states that places are met in most."""

BODIES: dict[str, tuple[str, ...]] = {
    "Wagner": ("wagner", "wagner group", "private military company wagner"),
    "United Nations": ("united nations", "un", "u.n.", "un security council", "u.n. security council", "security council",
                       "united nations security council"),
    "European Union": ("european union", "eu", "brussels"),
    "NATO": ("nato",),
    "Hezbollah": ("hezbollah", "hizbollah"),
    "Hamas": ("hamas",),
    "Houthis": ("houthis", "houthi", "ansar allah"),
}  # fmt: skip

LEADERS: dict[str, str] = {
    "kim jong un": "North Korea", "kim jong-un": "North Korea", "kim jong il": "North Korea", "kim yo jong": "North Korea",
    "kim": "North Korea", "choe son hui": "North Korea", "vladimir putin": "Russia", "putin": "Russia", "sergei lavrov": "Russia",
    "lavrov": "Russia", "sergei shoigu": "Russia", "shoigu": "Russia", "dmitry peskov": "Russia", "xi jinping": "China", "xi": "China",
    "wang yi": "China", "joe biden": "United States", "biden": "United States", "donald trump": "United States",
    "trump": "United States", "barack obama": "United States", "obama": "United States", "antony blinken": "United States",
    "volodymyr zelenskyy": "Ukraine", "zelenskyy": "Ukraine", "zelensky": "Ukraine", "yoon suk yeol": "South Korea",
    "moon jae-in": "South Korea", "shinzo abe": "Japan", "fumio kishida": "Japan", "yevgeny prigozhin": "Wagner",
    "prigozhin": "Wagner",
}  # fmt: skip
"""For transfers between states, and for whose word is whose. Public offices as of the reports handled (2016 to 2024)."""

ALIAS: dict[str, str] = {
    a: c for table in (COUNTRIES, BODIES) for c, forms in table.items() for a in (c.lower(), *forms)
}
UNNAMED = re.compile(
    r"\b(?:sources?|officials?|reports?|reporting|media|observers|analysts|experts|people|person|diplomats?|some|many|"
    r"intelligence|lawmakers|insiders?|critics|witnesses|it is|unidentified|anonymous|unnamed)\b",
    re.I,
)
