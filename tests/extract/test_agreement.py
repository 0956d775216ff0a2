"""Claims of several finders become one, surer claim; things without a name drop out; who was succeeded holds no longer."""

from dataclasses import replace

from kg.extract.agreement import agreed, assisted, succeeded
from kg.model import Claim, Mention, Span

SPAN = Span("d", 0, 1)
NAMED = [Mention(SPAN, "A", "Person", "en", 0), Mention(SPAN, "B", "Organization", "en", 1), Mention(SPAN, "she", "Person", "en", 2, True)]


def claim(subject=0, confidence=0.8, method="classifier", status="Current", **rest):
    return Claim(subject, "leads", 1, SPAN, status, confidence=confidence, method=method, **rest)


def test_two_finders_are_surer_than_one():
    (one,) = agreed([claim(), claim(confidence=0.5, method="wording", title="head")], NAMED)
    assert (one.confidence, one.title) == (0.9, "head")


def test_the_surer_finder_tells_the_status():
    (doubted,) = agreed([claim(certainty=0.7), claim(method="wording", status="Past", certainty=0.9)], NAMED)
    (sure,) = agreed([claim(certainty=0.95), claim(method="wording", status="Past", certainty=0.9)], NAMED)
    (governed,) = agreed([claim(certainty=1.0), claim(method="wording", status="Denied", certainty=1.0)], NAMED)
    assert (doubted.status, sure.status, governed.status) == ("Past", "Current", "Denied")


def office(subject, status="Current", predicate="chiefExecutiveOf", other=1):
    return Claim(subject, predicate, other, SPAN, status)


def test_who_was_succeeded_holds_no_longer(ontology):
    claims = [office(0), office(2), office(0, predicate="succeeds", other=2)]
    assert [c.status for c in succeeded(claims, ontology)] == ["Current", "Past", "Current"]


def test_a_successor_who_has_left_too_succeeded_all_the_same(ontology):
    claims = [office(0, "Past"), office(2), office(0, predicate="succeeds", other=2)]
    assert [c.status for c in succeeded(claims, ontology)] == ["Past", "Past", "Current"]


def test_who_will_be_succeeded_still_holds(ontology):
    claims = [office(0, "Future"), office(2), office(0, "Future", "succeeds", 2)]
    assert succeeded(claims, ontology) == tuple(claims)


def test_a_succession_elsewhere_ends_nothing_here(ontology):
    claims = [office(0, other=3), office(2), office(0, predicate="succeeds", other=2)]
    assert succeeded(claims, ontology) == tuple(claims)


def test_offices_that_many_hold_do_not_end(ontology):
    claims = [office(0, predicate="holdsPositionAt"), office(2, predicate="holdsPositionAt"), office(0, predicate="succeeds", other=2)]
    assert succeeded(claims, ontology) == tuple(claims)


def test_a_deputy_is_not_taken_for_the_chief(ontology):
    worded = replace(office(0, predicate="holdsPositionAt"), title="deputy CEO", method="wording")
    read = [office(0), replace(office(0, predicate="chairOf"), title="chair")]
    assert [(c.predicate, c.title) for c in assisted([*read, worded], NAMED, ontology)] == [
        ("holdsPositionAt", "deputy CEO"), ("chairOf", "chair"), ("holdsPositionAt", "deputy CEO"),
    ]  # fmt: skip


def test_a_deputy_who_became_the_chief_is_both(ontology):
    deputy = replace(office(0, "Past", "holdsPositionAt"), title="deputy CEO", method="wording")
    both = (deputy, replace(office(0), title="CEO", method="wording"))
    assert assisted(both, NAMED, ontology) == both


def test_one_finder_twice_is_no_surer():
    (one,) = agreed([claim(), claim()], NAMED)
    assert one.confidence == 0.8


def test_a_claim_about_nobody_named_is_dropped():
    assert agreed([claim(subject=2)], NAMED) == ()


def test_a_thing_says_nothing_of_itself():
    assert agreed([claim(subject=1)], NAMED) == ()
