"""Which language a text is in: by its script, by common English words, and by a classifier only where these do not
tell.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from crossfix.reference.outlets import words

HANDLED = ("en", "ko", "ja", "zh", "ru", "fr", "de", "es", "ar", "fa", "uk", "it", "pt", "he", "hi", "vi")
_LATIN = ["en", "fr", "de", "es", "it", "pt", "vi"]
_ENGLISH = frozenset(
    words(
        "the of and to in a that is was for on with as by at from it an be are has have he his its said this"
        " which were not but they"
        " had will their who would or been after we more i you she about there"
    )
)
_NAMES = {
    "english": "en", "korean": "ko", "japanese": "ja", "chinese": "zh", "russian": "ru", "french": "fr", "german": "de",
    "spanish": "es", "arabic": "ar", "persian": "fa", "farsi": "fa", "ukrainian": "uk", "italian": "it",
    "portuguese": "pt",
    "hebrew": "he", "hindi": "hi", "vietnamese": "vi", "iw": "he",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def code_of(name: str) -> str | None:
    """The two- or three-letter code of a language as headers give it ("en-US", "English", "zh_CN"); None for anything
    else.
    """
    key = re.split(r"[-_ ]", name.strip().lower(), maxsplit=1)[0]
    if key in _NAMES:
        return _NAMES[key]
    return key if re.fullmatch(r"[a-z]{2,3}", key) and key != "und" else None


def detect(text: str) -> str:
    """ISO 639-1 code of the text's language, one of those handled; "und" where too little text or doubt leaves none.

    Only the first 4,000 characters are looked at. Linear; the classifier (0.6 s to load) is only asked about Latin
    script without common English words.
    """
    sample = text[:4000]
    scripts = {"hangul": 0, "kana": 0, "han": 0, "cyrillic": 0, "arabic": 0, "hebrew": 0, "devanagari": 0, "latin": 0}
    for ch in sample:
        script = _script(ord(ch))
        if script:
            scripts[script] += 1
    letters = sum(scripts.values())
    if not letters:
        return "und"
    east = scripts["han"] + scripts["kana"] + scripts["hangul"]
    if east * 2 >= letters * 0.6:  # one such character says as much as two or three Latin letters
        if scripts["hangul"] >= 0.3 * east:
            return "ko"
        return "ja" if scripts["kana"] >= 0.05 * east else "zh"
    if scripts["cyrillic"] > 0.4 * letters:
        # letters that only one of the two has
        ukrainian = sum(map(sample.lower().count, "іїєґ"))
        russian = sum(map(sample.lower().count, "ыэъё"))
        return "uk" if ukrainian > russian else "ru"
    if scripts["arabic"] > 0.4 * letters:
        persian = sum(map(sample.count, "پچژگیک"))  # Persian yeh and kaf differ from the Arabic ones
        arabic = sum(map(sample.count, "يكةى"))
        return "fa" if persian > arabic else "ar"
    if scripts["hebrew"] > 0.4 * letters:
        return "he"
    if scripts["devanagari"] > 0.4 * letters:
        return "hi"
    words = _WORD.findall(sample.lower())[:300]
    common = sum(w in _ENGLISH for w in words)
    if words and common >= 0.2 * len(words) and common >= 2:
        return "en"
    return _classified(sample, letters)


def _script(c: int) -> str | None:
    if c < 0x250:
        return "latin" if (65 <= c <= 90 or 97 <= c <= 122 or c >= 0xC0) else None
    if 0x400 <= c < 0x530:
        return "cyrillic"
    if 0x590 <= c < 0x600:
        return "hebrew"
    if 0x600 <= c < 0x780 or 0xFB50 <= c < 0xFE00 or 0xFE70 <= c < 0xFF00:
        return "arabic"
    if 0x900 <= c < 0x980:
        return "devanagari"
    if 0x1E00 <= c < 0x1F00:
        return "latin"
    if 0x3040 <= c < 0x3100:
        return "kana"
    if 0x3400 <= c < 0xA000 or 0xF900 <= c < 0xFB00 or 0x20000 <= c < 0x32000:
        return "han"
    if 0xAC00 <= c < 0xD7B0 or 0x1100 <= c < 0x1200 or 0x3130 <= c < 0x3190:
        return "hangul"
    return None


@lru_cache(maxsize=1)
def _classifier() -> Any:
    from py3langid import langid

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LATIN)
    return identifier


def _classified(sample: str, letters: int) -> str:
    language, probability = _classifier().classify(sample)
    # three words decide nothing: the classifier calls "hello" Italian
    sure = 0.9 if letters < 60 else 0.5
    return str(language) if probability >= sure else "und"
