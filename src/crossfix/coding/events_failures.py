"""A flight told by what broke: "On May 31 the second stage failed", "the booster exploded on Tuesday"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crossfix.coding.events_found import Found
from crossfix.coding.events_kinds import by_context
from crossfix.coding.events_phrases import doers_of
from crossfix.coding.events_scene import Scene
from crossfix.language.parse import Token

PARTS = frozenset("stage engine booster rocket motor fairing launcher vehicle nozzle thruster".split())
"""What flies and breaks. A missile is not among them: that it "fell into the sea" is how a test ends."""
BREAKS = frozenset(
    "fail explode malfunction crash fall break burst disintegrate collapse blow start separate ignite".split()
)
_WRONG = re.compile(
    r"(?i)\b(?:fail\w*|abnormal\w*|malfunction\w*|explo\w+|error|defect\w*|accident|lost|crash\w*|broke|did not)\b"
)


def failures(scene: Scene, t: Token) -> Iterator[Found]:
    """The failed flight that a verb tells of, if it does: its subject is a part of a rocket, something went wrong in the sentence, and
    the sentence dates it to the day. Without a day it adds nothing to what is told of the flight elsewhere."""
    if t.lemma.lower() not in BREAKS or t.pos != "VERB":
        return
    subject = scene.subject(t)
    if subject is None or subject.lemma.lower() not in PARTS:
        return
    sentence = scene.parse.sentences[t.sent]
    if not _WRONG.search(scene.parse.text, sentence.start, sentence.end):
        return
    if not any(x.interval is not None and x.interval.precision == "day" for x in scene.times_for(t)):
        return
    kind = by_context(scene, t)
    if kind in ("satellite_launch", "missile_test"):
        yield Found(kind, t, min(subject.i, t.i), max(subject.i, t.i), None, doers_of(scene, t), failed=True)
