"""Examples: every target stands where the annotation says; what is arguable or out of sight is ignored."""

import random

import numpy as np
import pytest

from kg.languages.encoder import WEIGHTS, inventory
from kg.languages.encoder.pieces import MASK, splitter
from kg.model import Claim, Document, Extraction, Mention, Period, Span, Utterance
from kg.ontology import load
from kg.training.examples import HIDDEN, IGNORED, OTHER_KIND, examples, hidden, tagged
from kg.training.gold import Annotated
from kg.training.renaming import Naming, renamed

TEXT = "Mira Holt, chief executive of Fernhill, said: “We grow every year.” She left Tarn."
CUT = splitter(WEIGHTS / "vocabulary.txt")
INVENTORY = inventory.inventory(load())


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span("d", start, start + len(words))


def mention(words: str, kind: str, chain: int, *, nominal: bool = False) -> Mention:
    return Mention(span(words), words, kind, "en", chain, nominal)


ANNOTATED = Annotated(
    Extraction(
        Document("d", TEXT, "en"),
        (
            mention("Mira Holt", "Person", 0),
            mention("Fernhill", "Organization", 1),
            mention("She", "Person", 0, nominal=True),
            mention("Tarn", "Organization", 2),
        ),
        (
            Claim(0, "chiefExecutiveOf", 1, Span("d", 0, 39), "Current", title="chief executive", period=Period()),
            Claim(0, "holdsPositionAt", 2, Span("d", 68, len(TEXT)), "Past"),
        ),
        (Utterance(0, "We grow every year.", span("We grow every year."), "en"),),
    ),
    frozenset(),
    frozenset({1}),
)


@pytest.fixture
def example():
    (found,) = examples(ANNOTATED, CUT, INVENTORY, exact=True)
    return found


def test_some_pieces_are_hidden_but_none_of_a_name(example):
    dice, mask = random.Random(5), CUT.number(MASK)
    shown = [hidden(example, mask, dice).window.ids for _ in range(400)]
    masked = np.mean([ids == mask for ids in shown], axis=0)
    named = np.zeros(len(masked), dtype=bool)
    for first, last in zip(example.firsts[:-1], example.lasts[:-1], strict=True):
        named[first : last + 1] = True
    outside = (example.window.places < 0) | named
    assert (masked[outside] == 0).all()
    assert HIDDEN / 4 < masked[~outside].mean() < HIDDEN
    assert all((ids == example.window.ids)[ids != mask].all() for ids in shown)


def test_relations_statuses_and_speakers_are_targets(example):
    chief = INVENTORY.relations.index("chiefExecutiveOf")
    assert example.relations[0, 1, chief] == 1
    assert example.relations[1, 0].sum() == 0
    assert example.relations[0, 3, INVENTORY.says] == 1  # Mira, Fernhill, Tarn, and after all named things the quotation
    assert example.statuses.tolist() == [[0, 1, chief, INVENTORY.statuses.index("Current")]]


def test_an_arguable_claim_is_ignored(example):
    assert example.relations[0, 2, INVENTORY.relations.index("holdsPositionAt")] == IGNORED


def test_titles_names_and_nominals_are_tagged(example):
    organization, person = INVENTORY.types.index("Organization"), INVENTORY.types.index("Person")
    assert (example.titles == 1).sum() == 1
    assert (example.names == 1 + 2 * organization).sum() == 2
    assert (example.nominals == 1 + 2 * person).sum() == 1


def test_where_nominals_are_not_annotated_none_is_taught_to_be_none():
    (found,) = examples(ANNOTATED, CUT, INVENTORY, exact=False)
    assert set(found.nominals.tolist()) == {IGNORED, 1 + 2 * INVENTORY.types.index("Person")}


def test_open_corpora_leave_other_kinds_open():
    (found,) = tagged("Mira met Tarn", [(0, 4, "Person"), (9, 13, None)], CUT, INVENTORY)
    taught = found.names[found.begins]
    assert taught.tolist() == [1 + 2 * INVENTORY.types.index("Person"), OTHER_KIND, IGNORED]


@pytest.mark.parametrize("seed", range(6))
def test_renaming_keeps_every_span_on_its_words(seed):
    names = {
        ("Person", "en"): [Naming("Otto Marwick", "Marwick")],
        ("Organization", "en"): [Naming("Quarry Air", "Quarry"), Naming("Osprey", "Osprey")],
    }
    changed = renamed(ANNOTATED, names, random.Random(seed)).extraction
    text = changed.document.text
    assert all(text[m.span.start : m.span.end] == m.text for m in changed.mentions)
    assert all(text[u.span.start : u.span.end] == u.text == "We grow every year." for u in changed.utterances)
    assert text[changed.claims[0].evidence.start : changed.claims[0].evidence.end].endswith((changed.mentions[1].text, ","))


def test_the_mask_lets_types_fit_only():
    mask = INVENTORY.mask()
    person, place = INVENTORY.types.index("Person"), INVENTORY.types.index("Place")
    assert not mask[person, place].any()
    assert mask[person, len(INVENTORY.types), INVENTORY.says]
    assert np.asarray(mask).dtype == bool


def test_every_date_is_the_start_or_the_end_of_a_claim_or_is_not():
    text = "Mira Holt led Fernhill from 2009 to 2018. It moved in 2018. She left Tarn."
    holt, fernhill, tarn = text.index("Mira Holt"), text.index("Fernhill"), text.index("Tarn")
    annotated = Annotated(
        Extraction(
            Document("d", text, "en"),
            (
                Mention(Span("d", holt, holt + 9), "Mira Holt", "Person", "en", 0),
                Mention(Span("d", fernhill, fernhill + 8), "Fernhill", "Organization", "en", 1),
                Mention(Span("d", tarn, tarn + 4), "Tarn", "Organization", "en", 2),
            ),
            (
                Claim(0, "chiefExecutiveOf", 1, Span("d", 0, 41), "Past", period=Period("2009", "2018")),
                Claim(0, "holdsPositionAt", 2, Span("d", text.index("She"), len(text)), "Past", period=Period("2018")),
            ),
        ),
        frozenset(),
        frozenset({1}),
    )
    (found,) = examples(annotated, CUT, INVENTORY, exact=True)
    days = np.flatnonzero(found.kinds == INVENTORY.date)
    assert [INVENTORY.type_of(int(k)) for k in found.kinds[days]] == [len(INVENTORY.types) + 1] * 3
    first, last, again = found.things[days].tolist()
    assert last == again
    chief = INVENTORY.relations.index("chiefExecutiveOf")
    assert sorted(map(tuple, found.periods.tolist())) == sorted(
        [(0, 1, chief, first, 1, 1), (0, 1, chief, first, 2, 0), (0, 1, chief, last, 1, 0), (0, 1, chief, last, 2, 1)]
    )
