"""Extractions of texts written with their mentions in place."""

from __future__ import annotations

import re

from kg.model import Claim, Document, Extraction, Mention, Span

TYPES = {"P": "Person", "O": "Organization", "R": "Product", "E": "Event", "L": "Place"}
MARK = re.compile(r"\[(?P<type>[POREL])(?P<chain>\d+) (?P<name>[^\]]+)\]")


def told(identifier, marked, *claims, language="en", issued=None, aliases=(), utterances=()):
    """Read a text with its mentions in place: "[P1 Maria Okafor] leads [O2 Northgate]"."""
    text, mentions = "", []
    place = 0
    for m in MARK.finditer(marked):
        text += marked[place : m.start()]
        mentions.append(
            Mention(Span(identifier, len(text), len(text) + len(m["name"])), m["name"], TYPES[m["type"]], language, int(m["chain"]))
        )
        text += m["name"]
        place = m.end()
    text += marked[place:]
    made = tuple(Claim(s, p, o, Span(identifier, 0, len(text)), **{"status": "Current"} | more) for s, p, o, more in claims)
    return Extraction(Document(identifier, text, language, issued=issued), tuple(mentions), made, tuple(utterances), tuple(aliases))


def claim(subject, predicate, object_, **more):
    return subject, predicate, object_, {"confidence": 0.8, **more}
