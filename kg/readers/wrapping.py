"""A text as it was typeset in; the same text without the line breaks that only wrap its paragraphs at a fixed width out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise

from kg.han import IDEOGRAPHS

WIDEST = 120  # columns: longer lines are paragraphs
NARROWEST = 30  # columns: shorter lines are headlines, bylines and entries of lists
ROOM = 0.15  # share of the width by which a full line may be short: type of PDF files is not all of one width
ROOM_HAN = 0.05

_WIDE = rf"\u3000-\u303f{IDEOGRAPHS}\uff00-\uffef"  # Han characters, their stops and forms as wide as they
_HAN = re.compile(f"[{_WIDE}]")
_TIGHT = re.compile(rf"[\u2013-\u2026{_WIDE}]+")  # dashes and quotes with them
_LINE_END = re.compile(r"\r\n?")
_UNIT = re.compile(rf"[^\s{_WIDE}]+|\S")
_ITEM = re.compile(r"\s*(?:(?:[-*+•·▪◦–—#>|]|\(?\w{1,3}[.)])\s|\w{1,3}、|\d{1,2}[:.：]\d\d\b)")
_PARTED, _REST = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$"), re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"(?<![\w\u2010-])([^\W\d_]+)[-\u2010]([^\W\d_]+)(?![\w\u2010-])")
_STOP = re.compile(r"[.!?…。！？；:：][\"'”’»)\]」』）]*\s*$")


def lined(text: str) -> str:
    """End every line as Unix does: Windows ends it with a return before the line feed, old Macs with a return alone."""
    return _LINE_END.sub("\n", text)


def unwrapped(text: str) -> str:
    """Join the lines of wrapped paragraphs: with a space, or with nothing between Han characters and in a word that was parted.

    A paragraph counts as wrapped where its lines are about as long as they can be and the text goes on over their ends; two lines that do
    not tell count as the document's others do.
    """
    text = lined(text)
    blocks = [list(block) for _, block in groupby(text.split("\n"), key=lambda line: bool(line.strip()))]
    told = [_wrapped(block) for block in blocks]
    widths = [_width(block) for block, wrapped in zip(blocks, told, strict=True) if wrapped]
    several = [block for block in blocks if len(block) > 1 and block[0].strip()]
    common = max(widths, default=0) if 2 * len(widths) >= len(several) else 0
    compounds = frozenset[tuple[str, str]](_COMPOUND.findall(text) if widths else ())
    lines: list[str] = []
    for block, wrapped in zip(blocks, told, strict=True):
        if wrapped or (block[0].strip() and _width(block) <= common):
            lines += _joined(block, max(common, _width(block)), compounds)
        else:
            lines += block
    return "\n".join(lines)


def _joined(block: Sequence[str], width: int, compounds: frozenset[tuple[str, str]]) -> list[str]:
    parts, on = list[str](), False
    for written, following in zip(block, [*block[1:], ""], strict=True):
        line = written.lstrip() if on else written
        on = bool(following) and _runs_on(written, following, width)
        parts.append(_before(line.rstrip(), following.lstrip(), compounds) if on else line + "\n")
    return "".join(parts).removesuffix("\n").split("\n")


def _before(line: str, following: str, compounds: frozenset[tuple[str, str]]) -> str:
    """A line as the next goes on from it; a hyphen between small letters parts a word, unless the text has the word with it elsewhere."""
    parted, rest = _PARTED.search(line), _REST.match(following)
    if parted and rest:
        whole = (parted[1], rest[0])
        return line[:-1] if parted[1][-1].islower() and rest[0][0].islower() and whole not in compounds else line
    near = line[-1] + following[0]
    return line + ("" if _HAN.search(near) and _TIGHT.fullmatch(near) else " ")


def _wrapped(block: Sequence[str]) -> bool:
    """Whether a block of lines looks wrapped: most of its lines are full, and the text goes on from one to the next."""
    width = _width(block)
    if len(block) < 2 or not NARROWEST <= width <= WIDEST:
        return False
    pairs = list(pairwise(block))
    full = sum(_runs_on(a, b, width) for a, b in pairs)
    if _HAN.search(block[0]):
        onward = sum(not _STOP.search(a) for a, _ in pairs)
        return len(pairs) > 1 and full >= 0.6 * len(pairs) and onward >= len(pairs) / 2
    onward = sum(b.lstrip()[:1].islower() for _, b in pairs)
    ended = sum(bool(_STOP.search(a)) and not _runs_on(a, b, width) for a, b in pairs)  # the short last lines of paragraphs
    return onward >= 1 and full >= (len(pairs) - ended) / 2


def _runs_on(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word, or Han character, would not have fitted on this one, and no new entry begins there."""
    if _ITEM.match(following) or _indent(following) > _indent(line) + 1:
        return False
    unit = _UNIT.search(following)
    room = ROOM_HAN if unit and _HAN.match(unit[0]) else ROOM
    return unit is not None and _columns(line.rstrip()) + 1 + _columns(unit[0]) > (1 - room) * width


def _indent(line: str) -> int:
    return _columns(line) - _columns(line.lstrip())


def _width(block: Sequence[str]) -> int:
    return max(_columns(line.rstrip()) for line in block)


def _columns(text: str) -> int:
    """How wide a text stands in type of fixed width: Han characters take two columns. Of a long line the characters are enough."""
    return len(text) if text.isascii() or len(text) > WIDEST else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
