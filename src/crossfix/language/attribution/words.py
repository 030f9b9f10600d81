"""The small closed sets of words and labels that the frames look for."""

from __future__ import annotations

# labels of subjects
SUBJECTS = ("nsubj", "nsubjpass", "csubj")
# "X is concerned that P"
ADJECTIVES = frozenset(
    """
    concerned confident worried aware convinced certain sure afraid hopeful alarmed skeptical sceptical doubtful
    optimistic fearful
    """.split()
)
# words that open a relative clause
RELATIVE = frozenset({"who", "that", "which", "whom"})
# what is issued to say something
MESSAGES = frozenset("statement letter message tweet note memo release post communique".split())
# Penn tags of finite verbs
FINITE = frozenset({"VBD", "VBZ", "VBP"})
# verbs of a participle that goes on with the speech before it
ADDS = frozenset({"add", "note", "stress", "say", "warn", "emphasize", "explain", "insist", "claim", "suggest"})
# what an artefact does
SHOWS = frozenset({"show", "depict", "reveal", "capture", "indicate", "suggest"})
# what is done with an artefact that shows something
RELEASES = frozenset(
    {"release", "publish", "share", "unveil", "post", "broadcast", "issue", "carry", "air", "present", "circulate"}
)
# what can show something
ARTEFACTS = frozenset(
    """
    image imagery photo photograph picture footage video graphic map document report statement data recording file
    figure evidence satellite set study analysis
    """.split()
)
# words that end a clause told by somebody
BREAKS = frozenset(
    """
    and but or while after before during when as in at on following amid according despite since with during because
    """.split()
)
