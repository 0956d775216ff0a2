"""The scripts that texts are written in: each language's file names one of them, or states one of its own."""

from __future__ import annotations

from typing import NamedTuple

from kg.han import IDEOGRAPHS


class Script(NamedTuple):
    """A script; its name is the language that its letters are taken for where no language of ours is written in it.

    `letters` stand between the brackets of a pattern, and about `word` of them make a word. `languages` that share them, by ISO 639-1 code,
    are those that a text in one of ours may be taken for. Texts in a script `among` another are mostly written in that other.
    """

    name: str
    letters: str
    word: float = 6.0
    languages: tuple[str, ...] = ()
    among: str = ""


HAN = Script("chinese", IDEOGRAPHS, 1.5)
JAPANESE = Script("japanese", "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f", 1.5, among=HAN.name)
KOREAN = Script("korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", 2.5)
THAI = Script("thai", "\u0e00-\u0e7f", 5.0)
LAO = Script("lao", "\u0e80-\u0eff", 5.0)
BURMESE = Script("burmese", "\u1000-\u109f", 5.0)
KHMER = Script("khmer", "\u1780-\u17ff", 5.0)
ARABIC = Script("arabic", "\u0600-\u06ff\u0750-\u077f", languages=("ar", "fa", "ur"))
HEBREW = Script("hebrew", "\u0590-\u05ff")
GREEK = Script("greek", "\u0370-\u03ff")
CYRILLIC = Script("russian", "\u0400-\u052f", languages=("be", "bg", "kk", "mk", "mn", "ru", "sr", "uk"))
ARMENIAN = Script("armenian", "\u0530-\u058f")
GEORGIAN = Script("georgian", "\u10a0-\u10ff")
DEVANAGARI = Script("hindi", "\u0900-\u097f", languages=("hi", "mr"))
BENGALI = Script("bengali", "\u0980-\u09ff")
GURMUKHI = Script("punjabi", "\u0a00-\u0a7f")
GUJARATI = Script("gujarati", "\u0a80-\u0aff")
ORIYA = Script("odia", "\u0b00-\u0b7f")
TAMIL = Script("tamil", "\u0b80-\u0bff")
TELUGU = Script("telugu", "\u0c00-\u0c7f")
KANNADA = Script("kannada", "\u0c80-\u0cff")
MALAYALAM = Script("malayalam", "\u0d00-\u0d7f")
SINHALA = Script("sinhala", "\u0d80-\u0dff")
LATIN = Script("latin", r"A-Za-z\u00c0-\u024f\u1e00-\u1eff", languages=("fr", "de", "es", "pt", "it", "nl", "vi", "tr", "pl", "sv"))

SCRIPTS = (
    *(HAN, JAPANESE, KOREAN, THAI, LAO, BURMESE, KHMER, ARABIC, HEBREW, GREEK, CYRILLIC, ARMENIAN, GEORGIAN),
    *(DEVANAGARI, BENGALI, GURMUKHI, GUJARATI, ORIYA, TAMIL, TELUGU, KANNADA, MALAYALAM, SINHALA, LATIN),
)
