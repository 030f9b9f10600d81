"""The language of a text, by script and common words, with doubt said."""

from __future__ import annotations

import pytest

from crossfix.reading.language import code_of, detect


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The ministry said on Monday that the ship had left.", "en"),
        ("통일부는 배가 항구를 떠났다고 밝혔다.", "ko"),
        ("防衛省は船が港を出たと発表した。", "ja"),
        ("外交部发言人说，一艘船离开了港口。", "zh"),
        ("Министерство сообщило, что судно ушло из порта.", "ru"),
        ("Міністерство повідомило, що судно вийшло з порту.", "uk"),
        ("وزارت خارجه اعلام کرد که کشتی بندر را ترک کرده است", "fa"),
        ("أعلنت الوزارة أن السفينة غادرت الميناء يوم الاثنين", "ar"),
        ("המשרד הודיע כי הספינה עזבה את הנמל ביום שני", "he"),
        ("मंत्रालय ने कहा कि जहाज बंदरगाह से निकल गया", "hi"),
        ("Le ministère a annoncé lundi que le navire avait quitté le port du nord.", "fr"),
        ("Das Ministerium teilte am Montag mit, dass das Schiff den Hafen verlassen habe.", "de"),
        ("El ministerio dijo el lunes que el barco había salido del puerto.", "es"),
        ("Il ministero ha detto lunedì che la nave aveva lasciato il porto del nord.", "it"),
        ("O ministério disse na segunda-feira que o navio não tinha saído do porto.", "pt"),
        ("Bộ cho biết hôm thứ Hai rằng con tàu đã rời cảng.", "vi"),
        ("", "und"),
        ("12345 — 67!", "und"),
        ("Hello", "und"),
    ],
)
def test_detect(text: str, code: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize(
    ("name", "code"), [("en-US", "en"), ("English", "en"), ("zh_CN", "zh"), ("ko", "ko"), ("und", None), ("??", None)]
)
def test_codes(name: str, code: str | None) -> None:
    assert code_of(name) == code
