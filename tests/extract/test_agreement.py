"""Claims of several finders become one, surer claim; things without a name drop out."""

from kg.extract.agreement import agreed
from kg.model import Claim, Mention, Span

SPAN = Span("d", 0, 1)
NAMED = [Mention(SPAN, "A", "Person", "en", 0), Mention(SPAN, "B", "Organization", "en", 1), Mention(SPAN, "she", "Person", "en", 2, True)]


def claim(subject=0, confidence=0.8, method="classifier", **rest):
    return Claim(subject, "leads", 1, SPAN, confidence=confidence, method=method, **rest)


def test_two_finders_are_surer_than_one():
    (one,) = agreed([claim(), claim(confidence=0.5, method="wording", title="head")], NAMED)
    assert (one.confidence, one.title) == (0.9, "head")


def test_one_finder_twice_is_no_surer():
    (one,) = agreed([claim(), claim()], NAMED)
    assert one.confidence == 0.8


def test_a_claim_about_nobody_named_is_dropped():
    assert agreed([claim(subject=2)], NAMED) == ()


def test_a_thing_says_nothing_of_itself():
    assert agreed([claim(subject=1)], NAMED) == ()
