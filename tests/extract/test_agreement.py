"""Claims of several finders become one, surer claim; things without a name drop out; who was succeeded holds no longer."""

from dataclasses import replace

from kg.extract.agreement import agreed, assisted, relieved, succeeded
from kg.model import Claim, Mention, Period, Span

SPAN = Span("d", 0, 1)
NAMED = [Mention(SPAN, "A", "Person", "en", 0), Mention(SPAN, "B", "Organization", "en", 1), Mention(SPAN, "she", "Person", "en", 2, True)]


def claim(subject=0, confidence=0.8, method="classifier", status="Current", **rest):
    return Claim(subject, "chiefExecutiveOf", 1, SPAN, status, confidence=confidence, method=method, **rest)


def test_two_finders_are_surer_than_one(ontology):
    (one,) = agreed([claim(), claim(confidence=0.5, method="wording", title="head")], NAMED, ontology)
    assert (one.confidence, one.title) == (0.9, "head")


def test_the_surer_finder_tells_the_status(ontology):
    (doubted,) = agreed([claim(certainty=0.7), claim(method="wording", status="Past", certainty=0.9)], NAMED, ontology)
    (sure,) = agreed([claim(certainty=0.95), claim(method="wording", status="Past", certainty=0.9)], NAMED, ontology)
    (governed,) = agreed([claim(certainty=1.0), claim(method="wording", status="Denied", certainty=1.0)], NAMED, ontology)
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


def test_an_honorary_chair_is_not_taken_for_the_chair(ontology):
    (honoured,) = assisted([replace(office(0, predicate="chairOf"), title="honorary chairman")], NAMED, ontology)
    assert (honoured.predicate, honoured.title) == ("holdsPositionAt", "honorary chairman")


def test_a_deputy_who_became_the_chief_is_both(ontology):
    deputy = replace(office(0, "Past", "holdsPositionAt"), title="deputy CEO", method="wording")
    both = (deputy, replace(office(0), title="CEO", method="wording"))
    assert assisted(both, NAMED, ontology) == both


def test_one_finder_twice_is_no_surer(ontology):
    (one,) = agreed([claim(), claim()], NAMED, ontology)
    assert one.confidence == 0.8


def test_a_claim_about_nobody_named_is_dropped(ontology):
    assert agreed([claim(subject=2)], NAMED, ontology) == ()


def test_a_thing_says_nothing_of_itself(ontology):
    assert agreed([claim(subject=1)], NAMED, ontology) == ()


def post(title, confidence=0.8, method="classifier"):
    return replace(claim(confidence=confidence, method=method, title=title), predicate="holdsPositionAt")


def test_each_post_at_one_firm_stays(ontology):
    found = agreed([post("finance director"), post("vice president"), post("director", 0.5, "wording")], NAMED, ontology)
    assert [(c.title, c.confidence) for c in found] == [("finance director", 0.9), ("vice president", 0.8)]


def test_posts_that_one_finder_tells_apart_stay_though_one_title_stands_in_the_other(ontology):
    both = agreed([post("vice president"), post("senior vice president"), post("vice president", method="wording")], NAMED, ontology)
    assert [(c.title, c.confidence > 0.9) for c in both] == [("vice president", True), ("senior vice president", False)]


def test_a_claim_without_a_title_is_of_the_first_post(ontology):
    found = agreed([post("finance director"), post("vice president"), post(None, 0.5, "wording")], NAMED, ontology)
    assert [c.title for c in found] == ["finance director", "vice president"]


def test_a_title_stays_where_the_clearest_statement_has_none(ontology):
    found = agreed([post(None), post("treasurer"), post("vice president")], NAMED, ontology)
    assert [c.title for c in found] == [None, "treasurer", "vice president"]


def test_a_short_title_is_of_one_post(ontology):
    found = agreed([post("head of sales"), *(post(title, 0.5, "wording") for title in ("head", "head of strategy"))], NAMED, ontology)
    assert sorted((c.title, c.confidence) for c in found) == [("head of sales", 0.95), ("head of strategy", 0.5)]


def test_an_office_held_by_one_has_one_title(ontology):
    found = agreed([claim(title="chief executive"), claim(title="boss", method="wording")], NAMED, ontology)
    assert [c.title for c in found] == ["chief executive"]


def test_who_failed_once_may_have_come_to_it_later(ontology, marked):
    plain, mentions, _ = marked("[Okafor] failed to become chair of {Tern} in 2010. In 2015 [*Okafor] became chair of {Tern}.")
    first, second = (Span("a.txt", *place) for place in ((0, plain.index("In 2015")), (plain.index("In 2015"), len(plain))))
    denied = Claim(0, "chairOf", 1, first, "Denied", method="wording", confidence=0.9, certainty=1.0)
    stated = Claim(0, "chairOf", 1, second, "Current", method="classifier", confidence=0.9, certainty=0.9)
    assert {c.status for c in agreed((stated, denied), mentions, ontology)} == {"Current", "Denied"}
    (joined,) = agreed((replace(stated, evidence=first), denied), mentions, ontology)
    assert joined.status == "Denied"


def test_who_takes_over_from_one_who_rose_takes_the_post_left(ontology):
    risen, left = replace(office(2), confidence=0.9), replace(office(2, "Past", "holdsPositionAt"), title="treasurer")
    claims = [risen, left, replace(office(0), confidence=0.6), office(0, predicate="succeeds", other=2)]
    found = [(c.subject, c.predicate, c.title, c.status) for c in succeeded(claims, ontology)]
    assert found[0] == (2, "chiefExecutiveOf", None, "Current")
    assert found[2] == (0, "holdsPositionAt", "treasurer", "Current")


def test_a_chair_or_a_post_of_one_title_ends_where_another_succeeds(ontology):
    over = replace(claim(), object=2)
    for predicate, title in (("chairOf", None), ("holdsPositionAt", "treasurer")):
        posts = [replace(over, subject=s, predicate=predicate, title=title) for s in (3, 4)]
        assert [c.status for c in succeeded([*posts, office(3, predicate="succeeds", other=4)], ontology)] == ["Current", "Past", "Current"]


def test_who_is_yet_to_be_succeeded_holds_the_office_now(ontology):
    claims = [office(0, "Future"), office(2, "Future"), office(0, "Future", "succeeds", 2)]
    assert [c.status for c in succeeded(claims, ontology)] == ["Future", "Current", "Future"]
    ended = [office(0, "Future"), office(2, "Past"), office(0, "Future", "succeeds", 2)]
    assert succeeded(ended, ontology) == tuple(ended)


def test_a_term_that_is_over_ends_where_the_successor_begins(ontology):
    begun, handed = Period("2024-03-01"), office(0, predicate="succeeds", other=2)
    claims = [replace(office(0), period=begun), replace(office(2, "Past"), period=begun), replace(handed, period=begun)]
    assert [c.period for c in relieved(claims, ontology)] == [begun, Period(None, "2024-03-01"), begun]
    together = [*claims[:2], handed]  # who came on one day, and one of whom left on another
    assert relieved(together, ontology) == tuple(together)
    ahead = [replace(office(0, "Future"), period=begun), replace(office(2, "Future"), period=begun), handed]
    assert [(c.status, c.period) for c in relieved(ahead, ontology)][:2] == [("Future", begun), ("Current", Period(None, "2024-03-01"))]
    held = [claims[0], replace(claims[1], period=Period("2019", "2024-03-01")), claims[2]]
    assert relieved(held, ontology) == tuple(held)
