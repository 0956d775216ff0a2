"""Dates, words, numbers and addresses in, RDF literals out: typed or tagged where that is sound, plain strings where not."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from kg.dates import bounds
from kg.iris import VOCABULARIES, vocabulary

_XSD = vocabulary(VOCABULARIES["xsd"])
_PRECISIONS = {4: _XSD("gYear"), 7: _XSD("gYearMonth"), 10: _XSD("date")}
_MUTE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def dated(value: str) -> Literal:
    """Type a date by the precision stated: xsd:gYear, xsd:gYearMonth or xsd:date; what is no date stays a string."""
    return Literal(value, datatype=_PRECISIONS[len(value)]) if bounds(value) else Literal(value)


def tagged(text: str, language: str | None) -> Literal:
    """Return a literal with its language; without one where it is unknown or no language tag."""
    language = (language or "und").lower()
    if language == "und" or not re.fullmatch(r"[a-z]{1,8}(-[a-z0-9]{1,8})*", language):
        return Literal(text)
    return Literal(text, language=language)


def address(source: str) -> NamedNode | Literal:
    """Return where a document comes from: an IRI where it is an address on the web."""
    with suppress(ValueError):
        if re.match(r"https?://[^/]", source):
            return NamedNode(source)
    return Literal(source)


def number(value: str) -> Literal:
    """Return an xsd:decimal; what is no finite number stays a string."""
    try:
        found = Decimal(value)
    except InvalidOperation:
        return Literal(value)
    return _decimal(found) if found.is_finite() else Literal(value)


def probability(confidence: float) -> Literal:
    """Return an xsd:decimal of four digits at most."""
    return _decimal(Decimal(f"{confidence:.4f}"))


def integer(value: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(value), datatype=_XSD("integer"))


def for_xml(text: str) -> str:
    """Replace what XML 1.0 cannot hold by U+FFFD."""
    return _MUTE.sub("\ufffd", text)


def _decimal(value: Decimal) -> Literal:
    whole, _, part = f"{value:f}".partition(".")
    return Literal(f"{whole}.{part.rstrip('0') or '0'}", datatype=_XSD("decimal"))
