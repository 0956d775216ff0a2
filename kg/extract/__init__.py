"""A parsed document in, its Extraction out: every finder reads the same text, none knows another."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.classifier import claims
from kg.extract.dates import dateline
from kg.extract.mentions import mentions
from kg.extract.quotations import quoted
from kg.extract.sentences import Sentences
from kg.languages import encoder
from kg.model import Extraction
from kg.ontology import Ontology
from kg.parse import Parsed


def extract(parsed: Parsed, ontology: Ontology) -> Extraction:
    """Find what one document names and states: a pure function of that document, the ontology and the trained network."""
    document = parsed.document
    network = encoder.load()
    reading = network.read(document.text, quoted(document.text))
    named = mentions(parsed, reading, ontology)
    sentences = Sentences.of(document.identifier, document.text)
    stated = claims(named, reading, network, ontology, sentences)
    issued = document.issued or dateline(parsed, ontology)
    return Extraction(replace(document, issued=issued), named, stated, issues=parsed.issues)
