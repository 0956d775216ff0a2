"""A trained network and annotated texts in, the likeliest starts and ends of their claims out, and which of these are right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extract.clock import SIDES, told
from kg.extract.clues import Scene
from kg.extract.mentions import mentions
from kg.extract.periods import likely, load
from kg.extract.quotations import marked
from kg.extract.sentences import Sentences
from kg.languages.encoder import Encoder
from kg.model import Period
from kg.ontology import Ontology
from kg.parse import Parsed
from kg.training.calibrate import scored, things_of
from kg.training.examples import known_dates
from kg.training.gold import Annotated


def scores(texts: Iterable[Annotated], encoder: Encoder, ontology: Ontology) -> tuple[float, float, float]:
    """Give precision, recall and F1 at the threshold chosen."""
    found, wanted = judged(texts, encoder, ontology)
    believed = [right for odds, right in found if odds > encoder.calibration.date]
    return scored(sum(believed), len(believed), wanted)


def judged(texts: Iterable[Annotated], encoder: Encoder, ontology: Ontology) -> tuple[list[tuple[float, bool]], int]:
    """Give the log-odds of the likeliest start and end of every annotated claim, with whether it is right; and how many are annotated.

    Claims whose things the network does not find do not count: here dates are judged, not names.
    """
    found: list[tuple[float, bool]] = []
    wanted = 0
    for annotated in texts:
        document = annotated.extraction.document
        days = known_dates(document)
        reading = encoder.read(document.text, marked(document.text, days))
        named = mentions(Parsed(document, ()), reading, ontology, encoder.calibration)
        chains = {right: chain for chain, right in things_of(named, annotated).items()}
        sentences = Sentences.of(document.identifier, document.text)
        there = [c for c in annotated.extraction.claims if {c.subject, c.object} <= chains.keys()]
        claims = [
            replace(
                claim,
                subject=chains[claim.subject],
                object=chains[claim.object],
                period=Period(),
                evidence=sentences.span(*sentences.of_span(claim.evidence)),
            )
            for claim in there
        ]
        scene = Scene(Parsed(document, ()), claims, days, ontology, named)
        heard = told(claims, named, reading, days, encoder.inventory.relations)
        for claim, sides in zip(there, likely(scene, load(), heard), strict=True):
            found += [(odds, day.value == getattr(claim.period, side)) for side, (odds, day) in sides.items()]
            wanted += sum(getattr(claim.period, side) is not None for side in SIDES)
    return found, wanted
