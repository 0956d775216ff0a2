"""SPARQL in, its keywords out: what a query would do is seen before it is run.

Tokens are those of SPARQL 1.1, section 19.8. Engines that read without tokens take a word that is glued to another one apart
(`5SERVICE`, `SERVICE:x`) and `<` in an expression for less-than, though an IRI could begin there: both readings are followed.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect

from kg.errors import QueryError

_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
_ASKS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}

_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LETTER = (  # PN_CHARS_U and digits
    r"0-9A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MARK = r"\u00b7\u0300-\u036f\u203f\u2040"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    r'"""(?:"{0,2}(?:[^"\\]|\\[\s\S]))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\[\s\S]))*'''"
    r'|"(?:[^"\\\r\n]|\\[^\r\n])*"'
    r"|'(?:[^'\\\r\n]|\\[^\r\n])*'"
    r'|<(?P<iri>(?:[^<>"{}|^`\\\x00-\x20]|\\[uU])*)>'
    r"|(?P<comment>\#)"
    rf"|[?$][{_LETTER}][{_LETTER}{_MARK}]*"
    r"|@[A-Za-z]+(?:-[A-Za-z0-9]+)*"
    rf"|_:[{_LETTER}][{_LETTER}{_MARK}.-]*"
    rf"|(?P<word>[\w.-]+|(?=:))(?P<name>:(?:(?:[{_LETTER}:]|{_PLX})(?:[{_LETTER}{_MARK}.:-]|{_PLX})*)?)?"
)
_LINE = re.compile(r"[\r\n]")
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|[^'#]*\Z")  # how an IRI begins, or all of it, that hides nothing if it is none


def refuse(text: str) -> None:
    """Raise QueryError for SPARQL that would change data or call another server."""
    for form in _forms(text):
        words = _words(form)
        if any("SERVICE" in word for word in words):
            raise QueryError("SERVICE is refused: only this graph is asked")
        first = next((w for w in words if w in _UPDATES | _ASKS), None)
        if first in _UPDATES:
            raise QueryError(f"{first} is refused: the graph is read-only")


def names_graphs(text: str) -> bool:
    """Whether SPARQL says itself FROM which graphs it asks."""
    return any("FROM" in word for form in _forms(text) for word in _words(form))


def _forms(text: str) -> tuple[str, ...]:
    """Return a query as written and as it is once its code points are resolved, which the standard does before anything else."""
    return tuple(dict.fromkeys((text, _CODE.sub(_resolved, text))))


def _resolved(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else ""


def _words(text: str) -> list[str]:
    """Return all that may be a keyword, in capitals: bare words, and prefixes with their colon."""
    found: list[str] = []
    seen: set[int] = set()
    lines = [*(end.start() for end in _LINE.finditer(text)), len(text)]
    starts = [0]
    while starts:
        token = _TOKEN.search(text, starts.pop())
        while token and token.start() not in seen:
            seen.add(token.start())
            found.append((token["word"] or "").strip(".-").upper() + (":" if token["name"] else ""))
            if token["iri"] and not _WHOLE.match(token["iri"]):
                starts.append(token.start() + 1)
            token = _TOKEN.search(text, lines[bisect(lines, token.start())] if token["comment"] else token.end())
    return found
