"""A parsed document in, its Extraction out: every finder reads the same text, none knows another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from kg.extract.agreement import agreed, assisted, relieved, succeeded
from kg.extract.aliases import aliases, joined
from kg.extract.appointers import appointed
from kg.extract.authority import known
from kg.extract.classifier import claims, speakers
from kg.extract.clients import represented
from kg.extract.clock import told
from kg.extract.clues import Scene
from kg.extract.dates import dateline, dates, happening
from kg.extract.denials import remained
from kg.extract.departures import elsewhere
from kg.extract.disposals import disposed
from kg.extract.foreseen import foreseen
from kg.extract.holding import candidates, held
from kg.extract.kin import kin
from kg.extract.mentions import joints, mentions, parted
from kg.extract.origins import left
from kg.extract.periods import load, periods
from kg.extract.promotions import promotions
from kg.extract.quantities import quantities
from kg.extract.quotations import marked, quotations
from kg.extract.refuted import refuted
from kg.extract.resumption import resumed
from kg.extract.seats import seated
from kg.extract.sellers import bought
from kg.extract.sentences import Sentences
from kg.extract.sexes import sexed
from kg.extract.sources import sources
from kg.extract.tenure import lasting
from kg.extract.untitled import single
from kg.extract.wordings import wordings
from kg.languages import encoder
from kg.languages.encoder import Encoder, Marked, Reading
from kg.model import Claim, Extraction, Mention
from kg.ontology import Ontology
from kg.parse import Parsed


def extract(parsed: Parsed, ontology: Ontology) -> Extraction:
    """Find what one document names and states: a pure function of that document, the ontology and the trained network."""
    document = parsed.document
    if not parsed.parts:
        return Extraction(document, issues=parsed.issues)
    network = encoder.load()
    days = dates(parsed, ontology)
    marks = marked(document.text, days)
    reading = _read(document.text, marks, network, ontology)
    found = resumed(parsed, mentions(parsed, reading, ontology, network.calibration), ontology)
    aliased = (*aliases(parsed, found, ontology), *kin(parsed, found, ontology))
    named = sexed(parsed, joined(found, aliased), ontology)
    stated = _stated(parsed, named, reading, network, ontology)
    spoken = {q: who for q, (odds, who) in speakers(named, reading, ontology).items() if odds > network.calibration.speaker}
    said = quotations(parsed, named, spoken, ontology)
    sourced = sources(parsed, named, stated, said, ontology)
    measured, counts = quantities(parsed, named, sourced, days, ontology)
    dated = replace(document, issued=document.issued or dateline(parsed, ontology))
    heard = told(measured, named, reading, days, network.inventory.relations)
    scene = Scene(replace(parsed, document=dated), measured, happening(days, parsed, ontology), ontology, named)
    timed = relieved(periods(scene, load(), heard, network.calibration.date), ontology)
    timed = tuple(foreseen(timed, dated.issued, ontology))
    return Extraction(dated, named, timed, said, aliased, counts, parsed.issues)


def _stated(parsed: Parsed, named: Sequence[Mention], reading: Reading, network: Encoder, ontology: Ontology) -> tuple[Claim, ...]:
    """Give the claims of the network, the wordings and of both together, each with the status that the words around it leave it."""
    sentences = Sentences.of(parsed.document.identifier, parsed.document.text)
    found = (*claims(named, reading, network, ontology, sentences), *wordings(parsed, named, ontology))
    found = (*found, *promotions(parsed, found, named, reading.titles, ontology))
    for corrected in (refuted, remained, elsewhere, bought, disposed, single, left, seated, appointed, represented):
        found = tuple(corrected(found, parsed, named, ontology))
    joint = succeeded(agreed(assisted(found, named, ontology), named, ontology), ontology)
    return lasting(joint, named, parsed.document.text, ontology)


def _read(text: str, marks: Marked, network: Encoder, ontology: Ontology) -> Reading:
    """Read a text, once more where it has names by themselves that were found as one."""
    once = _parted(text, marks, network, ontology, {})
    two, tried = joints(text, once, ontology), candidates(text, once, ontology)
    if tried:
        two = {**held(text, tried, _parted(text, marks, network, ontology, tried), ontology), **two}
    return _parted(text, marks, network, ontology, two) if two else once


def _parted(text: str, marks: Marked, network: Encoder, ontology: Ontology, two: Mapping[str, int]) -> Reading:
    """Read a text in which some names are two, each told with where the second begins."""
    first = partial(known, ontology)
    return network.read(text, marks, first, lambda name: two.get(name) or parted(ontology, name)).limited(ontology.model_labels())
