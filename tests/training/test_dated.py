"""What the shipped weights say of the dates of annotated claims, and which of that counts as right."""

from dataclasses import replace

import pytest

from kg.languages import encoder
from kg.ontology import load
from kg.training.clock import judged, scores
from kg.training.written import written_texts

TEXT = """# en-x-001 | published=2024-05-02
[P1:Mira Holt] has been chief executive of [O1:Fernhill Motors] since 2019.
  P1 chiefExecutiveOf O1 | title=chief executive | start=2019

[P2:Jonas Reed] led [O2:Tarn Foods] from 2004 to 2012.
  P2 chiefExecutiveOf O2 | status=past | start=2004 | end=2012
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    (folder / "en-x.txt").write_text(TEXT, encoding="utf-8")
    return written_texts(folder)


def test_starts_and_ends_of_claims_are_judged(texts):
    found, wanted = judged(texts, encoder.load(), load())
    assert wanted == 3
    assert sum(right for _, right in found) == 3
    assert min(odds for odds, right in found if right) > max(odds for odds, right in found if not right)


def test_no_date_is_believed_above_an_endless_threshold(texts):
    network = encoder.load()
    doubting = replace(network, calibration=replace(network.calibration, date=1e9))
    assert scores(texts, network, load()) == (1.0, 1.0, 1.0)
    assert scores(texts, doubting, load()) == (0.0, 0.0, 0.0)
