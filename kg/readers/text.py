"""A plain text file in UTF-8, or in UTF-16 or UTF-32 with a byte order mark, in; its one document out."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice, pairwise, takewhile
from pathlib import Path

from kg.dates import bounds
from kg.han import HAN, IDEOGRAPHS
from kg.model import Document, Issue
from kg.ontology import load
from kg.readers.wrapping import unwrapped

# The marks of UTF-32 first: that of UTF-16-LE is the beginning of one of them.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENDS = tuple(".。．｡,，;；:：、")
CLOSING = "\"'”’»」』)）]］】"
FEWEST, FEWEST_HAN, LONGEST = 3, 5, 160  # words or Han characters of a headline, and characters
LEADING = 3  # lines above the text among which a headline may stand

_BRACKETED = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|［[^［］]*］|【[^【】]*】|〔[^〔〕]*〕")
_SPEAKER = re.compile(r"[^:：]{1,40}[:：]")
_COLUMN = re.compile(r"\s{2,}|\t|\s[|｜·•]\s|\u3000")
_STEP = re.compile(r"\s*[|｜›»→]\s*|\s+[>/·•]\s+")
_NAMED = r"[^\W\d_]{3,10}\.?"  # a month, in any language
_DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_NAMED},?[ -]|{_NAMED} \d{{1,2}}(?:st|nd|rd|th)?,? )(?:19|20)\d\d(?!\d)"
    r"|(?<!\d)\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?[日號号]|(?!\d))"
    r"|(?<!\d)\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d(?!\d)"
)
_TITLED = r"[^\W\d_][\w'’.-]*"
_HAN = f"[{IDEOGRAPHS}·]"
_HAN_NAME = rf"{_HAN}{{2,4}}(?!\S)"
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.：]\d\d(?!\d)")


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield the text of a file, its first line as title where that looks like a headline."""
    text = decoded(path.read_bytes(), identifier)
    if isinstance(text, Issue):
        yield text
        return
    text = unwrapped(text)
    yield Document(identifier, text, title=headline(text))


def decoded(data: bytes, identifier: str) -> str | Issue:
    """Give the text of a file's bytes.

    Other encodings are not guessed: a wrong guess would put unreadable evidence into the graph.
    """
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    if encoding.startswith("utf-8") and b"\0" in data:
        return Issue(identifier, "binary data (NUL bytes)")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        return Issue(identifier, f"not valid {name} (byte {error.start}); convert it to UTF-8")


def dated(words: str | None) -> str | None:
    """Give the date at the start of what metadata say, where it is one of ISO 8601 and of the calendar."""
    written = re.split(r"[T\s]", words or "", maxsplit=1)[0]
    return written if bounds(written) else None


def undated(words: str | None, identifier: str) -> Iterator[Issue]:
    """Yield an issue where metadata say a date that is none of ISO 8601 or of the calendar: other forms are not guessed."""
    if words and not dated(words):
        yield Issue(identifier, f"date {words[:40]!r} is left out: write 2023-09-10, 2023-09 or 2023")


def below(title: str | None, text: str) -> str:
    """Give a text with its title above it, where there is a text and it does not say that anyway."""
    return f"{title}\n\n{text}" if title and text.strip() and title not in text else text


def headline(text: str) -> str | None:
    """Give the first of the leading lines that reads like a headline, if more text follows it; none stands below a sentence or a turn."""
    lines = [stripped for line in text.splitlines() if (stripped := line.strip().lstrip("#").strip())]
    labels = Counter(match[0] for line in lines if (match := _SPEAKER.match(line)))
    opening = takewhile(lambda pair: len(pair[0]) <= LONGEST and not _is_sentence(pair[0]) and not _is_turn(*pair, labels), pairwise(lines))
    leading = islice(enumerate(opening), LEADING)
    return next((line for n, (line, after) in leading if _is_headline(line) and not (n and _are_turns(line, after))), None)


def _is_headline(line: str) -> bool:
    """Whether a line has some words and is no caption in brackets, no path of a site, no notice, and tells no date and no author."""
    if not _wordy(line) or _BRACKETED.fullmatch(line) or _tells_date(line) or _is_path(line):
        return False
    return not any(pattern.fullmatch(line) for pattern in _notices())


def _is_turn(line: str, following: str, labels: Mapping[str, int]) -> bool:
    """Whether a line is what someone says in a conversation: its label begins another line, too, and the next line has a label."""
    match = _SPEAKER.match(line)
    return bool(match and labels[match[0]] > 1 and _are_turns(line, following))


def _is_path(line: str) -> bool:
    """Whether a line is the path of a page in its site, or a menu: three short columns and more."""
    columns = _STEP.split(line)
    return len(columns) > 2 and not any(map(_wordy, columns))


@cache
def _notices() -> tuple[re.Pattern[str], ...]:
    """What stands above a headline as a line: what kind of text it is, words of the page, who wrote it or took the picture.

    A byline in Latin letters holds names only after "by", and anything after "Photo:"; one in Chinese tells who reports. The words are
    those of kg's own ontology: a reader is told of no other.
    """
    words = {key: "|".join(re.escape(n.text) for n in sorted(names, key=lambda n: -len(n.text))) for key, names in load().words.items()}
    name = rf"\(?(?-i:(?=[^\W\d_a-zà-ÿ]){_TITLED})\)?"
    joint = rf"\s*[,/|&–]\s*|\s+-\s+|\s+(?:{words['roleJoint']}|{words['nameParticle']})\s+|\s+"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"(?:\W|{words['releaseNotice']}|{words['pageNotice']})+",
            rf"(?:{words['byline']})(?:\s*[:：]\s*|\s+){name}(?:(?:{joint}){name})*\W*",
            rf"(?:{words['newsCredit']})\s*[:：/／|｜].*",
            rf"(?:{words['bylineStart']})*(?:{words['newsCredit']})(?:(?:\s*{_HAN_NAME})+|(?:\s*{_HAN}){{4,12}}(?:{words['bylineEnd']}))",
        )
    )


def _is_sentence(line: str) -> bool:
    """Whether a line with some words ends like a sentence, be it inside quotation marks."""
    return _wordy(line) and line.rstrip(CLOSING).endswith(ENDS)


def _are_turns(line: str, following: str) -> bool:
    """Whether two lines are what people say in a conversation, or fields of a form: a name and a colon begin both."""
    return bool(_SPEAKER.match(line) and _SPEAKER.match(following))


def _wordy(line: str) -> bool:
    words = sum(any(c.isalpha() for c in word) for word in line.split())
    return len(HAN.findall(line)) >= FEWEST_HAN or words >= FEWEST


def _tells_date(line: str) -> bool:
    """Whether a line, or a column of it, says on which day a text came out: a full date with hardly a word, or with the time of day."""
    if _CLOCK.search(_DATE.sub(" ", line)) and _DATE.search(line):
        return True
    return any(_DATE.search(column) and not _wordy(_DATE.sub(" ", column)) for column in _COLUMN.split(line))
