"""Who leaves another place has not left the post by which a text names him."""

import pytest

from kg import parse
from kg.extract import extract
from kg.extract.departures import elsewhere
from kg.model import Claim, Document, Span
from kg.ontology import load

FIRM, OTHER = "Alderney Shipping", "Tollgate Bank"


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "[Dora Kemp], chief executive of {Alderney}, resigned from the board of {Tollgate} in June.", "Current"),
        ("en", "[Dora Kemp], chief executive of {Alderney}, quit as a director of {Tollgate}.", "Current"),
        ("en", "[Dora Kemp], chief executive of {Alderney}, left her seat on the supervisory board of {Tollgate}.", "Current"),
        ("en", "[Dora Kemp], chief executive of {Alderney}, resigned.", "Past"),
        ("en", "[Dora Kemp], chief executive of {Alderney}, left for {Tollgate}.", "Past"),
        ("en", "[Dora Kemp], chief executive of {Alderney}, resigned to join {Tollgate}.", "Past"),
        ("en", "[Dora Kemp], chief executive of {Alderney}, left the company ahead of {Tollgate}'s takeover.", "Past"),
        ("en", "[Dora Kemp], chief executive of {Alderney}, resigned from the boards of {Tollgate} and {Alderney}.", "Past"),
        ("en", "[Dora Kemp], once chief executive of {Alderney}, resigned from the board of {Tollgate}.", "Past"),
        ("en", "[Dora Kemp], chief executive of {Alderney}, will go; [Hugo Sand] resigned from {Tollgate}.", "Past"),
        ("id", "[Rina], direktur utama {Alderney}, mundur dari dewan komisaris {Tollgate}.", "Current"),
        ("id", "[Rina], direktur utama {Alderney}, mundur dan bergabung dengan {Tollgate}.", "Past"),
        ("zh", "{Alderney}首席执行官[宁采臣]已辞去{Tollgate}董事职务。", "Current"),
        ("zh", "{Alderney}首席执行官[宁采臣]辞职，加入{Tollgate}。", "Past"),
    ],
)
def test_what_is_left_is_what_stands_behind_the_word_for_it(language, text, status, marked, blank, ontology):
    plain, mentions, chains = marked(text)
    person = next(m.chain for m in mentions if m.type == "Person")
    said = Claim(person, "chiefExecutiveOf", chains["Alderney"], Span("a.txt", 0, len(plain)), "Past", method="classifier")
    worded = Claim(person, "chiefExecutiveOf", chains["Alderney"], Span("a.txt", 0, len(plain)), "Current", method="wording")
    parsed = blank(plain, language)
    assert [c.status for c in elsewhere((said, worded), parsed, mentions, ontology)] == [status, "Current"]


def test_without_a_wording_a_post_stays_as_it_is(marked, blank, ontology):
    plain, mentions, chains = marked("[Dora Kemp], chief executive of {Alderney}, quit as a director of {Tollgate}.")
    said = Claim(chains["Dora Kemp"], "chiefExecutiveOf", chains["Alderney"], Span("a.txt", 0, len(plain)), "Past", method="classifier")
    assert tuple(elsewhere((said,), blank(plain, "en"), mentions, ontology)) == (said,)


def test_leaving_a_board_ends_no_job_elsewhere():
    text = f"Dora Kemp, chief executive of {FIRM}, resigned from the board of {OTHER} in June 2022."
    found = extract(parse.parse(Document("a", text, "en")), load())
    told = {c.predicate: (c.status, c.period.end if c.period else None) for c in found.claims}
    assert told == {"chiefExecutiveOf": ("Current", None), "holdsPositionAt": ("Past", "2022-06")}
