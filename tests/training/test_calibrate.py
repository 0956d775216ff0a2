"""Thresholds and confidence follow from what was right on unseen texts."""

from collections import Counter

import pytest

from kg.languages.encoder.calibration import Calibration
from kg.training.calibrate import Judged, calibrate, reliability, report

RIGHT_ABOVE_ONE = tuple(("founderOf", odds, odds > 1) for odds in (-2.0, -1.0, 0.0, 0.5, 1.5, 2.0, 2.5, 3.0))


def judged(copies: int = 20) -> Judged:
    return Judged(RIGHT_ABOVE_ONE * copies, Counter(founderOf=4 * copies))


def test_the_threshold_parts_right_from_wrong():
    found = calibrate(judged(), Calibration())
    assert 0.5 <= found.threshold("founderOf") < 1.5
    assert report(judged(), found)["all"] == (1.0, 1.0, 1.0)


def test_a_relation_seen_seldom_leans_on_all_others():
    rare = Judged((*judged().proposed, ("acquired", -1.0, True), ("acquired", -2.0, False)), Counter(founderOf=80, acquired=1))
    found = calibrate(rare, Calibration())
    assert found.threshold("acquired") == pytest.approx(found.default, abs=0.1)


def test_where_nothing_tells_right_from_wrong_confidence_is_the_share_that_is_right():
    mixed = Judged(tuple(("founderOf", odds, n % 4 != 0) for n, odds in enumerate([2.0] * 400)), Counter(founderOf=300))
    found = calibrate(mixed, Calibration())
    ((count, confidence, right),) = reliability(mixed, found)
    assert (count, right) == (400, 0.75)
    assert confidence == pytest.approx(0.75, abs=0.05)


def test_reliability_leaves_out_what_is_not_stated():
    assert reliability(judged(1), Calibration(thresholds={"founderOf": 2.9}))[0][0] == 1
