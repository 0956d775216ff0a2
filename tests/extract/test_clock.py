from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from kg.extract.clock import SIDES, told
from kg.extract.dates import Date, dates
from kg.languages.encoder import Links, Reading
from kg.languages.encoder import inventory as inventories
from kg.model import Claim, Mention, Span

NEVER = -10.0
LED, BOUGHT = "chiefExecutiveOf", "acquired"
Said = Mapping[tuple[int, int, str, str], float]  # mention, date, "subject start" and the like, relation ("" for any): log-odds


@pytest.fixture
def heard(blank, marked, ontology) -> Callable[..., list[dict[str, Any]]]:
    """What is told of claims about the first two things of a marked text, by windows that each say something of its dates."""
    relations = inventories.inventory(ontology).relations

    def hear(text: str, predicates: Sequence[str], *windows: Said) -> list[dict[str, Any]]:
        plain, mentions, _ = marked(text)
        days = dates(blank(plain, "en"), ontology)
        links = tuple(_link(said, mentions, days, relations) for said in windows)
        claims = [Claim(0, predicate, 1, Span("a.txt", 0, len(plain)), "Current") for predicate in predicates]
        found = told(claims, mentions, Reading((), (), (), links, tuple(range(len(days)))), days, relations)
        return [{value: tuple(round(o, 2) for o in odds) for value, odds in f.items()} for f in found]

    return hear


def _link(said: Said, mentions: Sequence[Mention], days: Sequence[Date], relations: Sequence[str]) -> Links:
    size = len(mentions) + len(days)
    table = np.full((size, size, len(relations) + 1, 2 * len(SIDES)), NEVER)
    for (mention, date, side, relation), odds in said.items():
        column = ("subject start", "subject end", "object start", "object end").index(side)
        table[mention, len(mentions) + date, relations.index(relation) if relation else len(relations), column] = odds
    nothing = np.zeros((size, size))
    return Links(np.arange(size), nothing, nothing, nothing, table)


def test_subject_and_object_say_together_when_a_claim_starts_and_ends(heard):
    said = {
        (0, 0, "subject start", LED): 3.0,
        (1, 0, "object start", LED): -2.0,
        (0, 1, "subject end", LED): 3.0,
        (1, 1, "object end", LED): -4.0,
    }
    led, held = heard("[Okafor] led {Larkfield} from 2009 to 2018.", [LED, "holdsPositionAt"], said)
    assert led == {"2009": (1.0, 2 * NEVER), "2018": (2 * NEVER, -1.0)}
    assert held == {"2009": (2 * NEVER,) * 2, "2018": (2 * NEVER,) * 2}


def test_a_relation_that_the_network_never_learnt_is_dated_as_any(heard):
    said = {(0, 0, "subject start", ""): 1.0, (1, 0, "object start", ""): 1.5, (0, 0, "subject start", "founderOf"): 1.0}
    bred, founded = heard("[Okafor] breeds {Larkfield} since 2009.", ["breederOf", "founderOf"], said)
    assert (bred["2009"][0], founded["2009"][0]) == (2.5, 1.0 + NEVER)


def test_all_mentions_of_a_thing_and_of_a_day_count_together(heard):
    said = {(m, d, "subject start", BOUGHT): 0.0 for m in (0, 2) for d in (0, 1, 2)} | {
        (1, d, "object start", BOUGHT): 0.0 for d in (0, 1, 2)
    }
    (found,) = heard("{Okafor} bought {Larkfield} in 2009, or in 2011. In 2009, {Okafor} says.", [BOUGHT], said)
    assert found["2009"][0] == pytest.approx(np.log(4) + np.log(2), abs=0.01)
    assert found["2011"][0] == pytest.approx(np.log(2), abs=0.01)


def test_of_several_windows_the_surest_counts(heard):
    unsure = {(0, 0, "subject start", BOUGHT): -1.0, (1, 0, "object start", BOUGHT): -1.0}
    sure = dict.fromkeys(unsure, 2.0)
    for windows in ((unsure, sure), (sure, unsure)):
        (found,) = heard("{Okafor} bought {Larkfield} in 2009.", [BOUGHT], *windows)
        assert found == {"2009": (4.0, 2 * NEVER)}


def test_a_window_without_the_object_or_without_dates_says_nothing(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] led {Larkfield} from 2009.")
    days = dates(blank(plain, "en"), ontology)
    relations = inventories.inventory(ontology).relations
    whole = _link({}, mentions, days, relations)
    claim = Claim(0, LED, 1, Span("a.txt", 0, len(plain)), "Current")
    for members in ([0, 2], [0, 1]):
        part = np.array(members)
        link = replace(whole, members=part, dates=whole.dates[np.ix_(part, part)])
        assert told([claim], mentions, Reading((), (), (), (link,), (0,)), days, relations) == [{}]
