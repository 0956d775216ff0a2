"""Thresholds of the network follow from what its joins, speakers, dates and names got right on annotated texts."""

from dataclasses import replace

import numpy as np
import pytest

from kg.extract.coreference import Same
from kg.languages import encoder
from kg.languages.encoder import Found, Links, Reading
from kg.languages.encoder.calibration import Calibration
from kg.ontology import load
from kg.training.thresholds import CANDIDATES, _best, _names, _nominals, sure, thresholds
from kg.training.written import written_texts

LOWEST, HIGHEST = CANDIDATES[0], CANDIDATES[-1]
TEXT = """# en-x-001 | published=2024-05-02
[P1:Mira Holt], chief executive of [O1:Fernhill Motors] since 2019, opened the plant. “We grow faster every single year,” [P1:Holt] said.
  P1 chiefExecutiveOf O1 | title=chief executive | start=2019
  P1 says

[P2:Jonas Reed] led [O2:Tarn Foods] from 2004 to 2012. [P2~He] then joined [O1:Fernhill Motors].
  P2 chiefExecutiveOf O2 | status=past | start=2004 | end=2012
  P2 holdsPositionAt O1
"""
WORDS = "Fernhill Motors, Tarn Foods, Fernhill, Mira Holt, it"
MENTIONS = [("Fernhill Motors", "Organization"), ("Tarn Foods", "Organization"), ("Fernhill,", "Organization"), ("Mira Holt", "Person")]
THINGS = [0, 1, 0, 2, 0]  # what each mention is, as annotated


@pytest.mark.parametrize(
    ("judged", "least"),
    [
        ([(2.0, True)] * 4 + [(0.0, False)] * 4, 0.0),
        ([(2.0, True)] * 4 + [(2.0, False)], LOWEST),  # four of five are right
        ([(2.0, True)] * 3 + [(2.0, False)], HIGHEST),
        ([(3.0, True)] * 8 + [(1.0, True), (1.0, False)] * 2 + [(0.5, False)] * 9, 0.5),
        ([], HIGHEST),
    ],
)
def test_names_join_where_four_of_five_joins_are_right(judged, least):
    assert sure(judged) == least


def test_a_threshold_is_the_middle_of_those_as_good_as_the_best():
    assert _best([(2.0, True)] * 5 + [(-1.0, False)] * 5) == pytest.approx((-1.0 + 1.75) / 2, abs=0.001)


@pytest.fixture
def reading():
    """Four names and a nominal, the odds that two of them are one thing being 10 times the lesser's number plus the greater's."""
    found = [Found(WORDS.index(words), WORDS.index(words) + len(words.strip(",")), kind) for words, kind in MENTIONS]
    found.append(Found(len(WORDS) - 2, len(WORDS), "Organization", nominal=True))
    numbers = np.arange(len(found))
    same = 10.0 * np.minimum.outer(numbers, numbers) + np.maximum.outer(numbers, numbers)
    nothing = np.zeros((len(found),) * 2)
    return Reading(tuple(found), (), (), (Links(numbers, nothing, nothing, same, nothing),))


def test_different_names_of_one_type_are_judged_in_pairs(reading):
    assert sorted(_names(WORDS, reading, THINGS, Same.of(reading))) == [(1.0, False), (2.0, True), (12.0, False)]


def test_a_nominal_is_judged_by_its_surest_antecedent_of_its_type(reading):
    assert list(_nominals(reading, THINGS, Same.of(reading))) == [(24.0, True)]


def test_mentions_that_no_annotation_knows_are_not_judged(reading):
    right = [0, None, 0, 2, 0]
    assert list(_names(WORDS, reading, right, Same.of(reading))) == [(2.0, True)]
    assert not list(_nominals(reading, [*THINGS[:4], None], Same.of(reading)))


def test_every_threshold_is_chosen_and_nothing_else(tmp_path):
    (tmp_path / "en-x.txt").write_text(TEXT, encoding="utf-8")
    texts = written_texts(tmp_path)
    given = Calibration(
        scale=0.7, shift=-0.1, thresholds={"acquired": 1.5}, default=2.0, names=9, nominals=9, speaker=9, date=9, believed=9
    )
    found = thresholds(texts, encoder.load(), load(), given, texts)
    chosen = (found.names, found.nominals, found.speaker, found.date)
    assert all(LOWEST <= value <= HIGHEST for value in chosen)
    assert 0 <= found.believed < 0.9
    assert replace(found, names=9, nominals=9, speaker=9, date=9, believed=9) == given
