"""An office that a text names between firm and holder is no second one."""

import pytest

from kg.extract.untitled import single
from kg.model import Claim, Span


@pytest.mark.parametrize(
    ("language", "text", "title", "kept"),
    [
        ("zh", "{云溪协会}会长[陆知远]表示。", None, False),
        ("zh", "{云溪协会}会长[陆知远]和总裁出席。", None, False),
        ("zh", "{云溪协会}会长[陆知远]表示。", "理事", True),
        ("zh", "{云溪协会}总裁[陆知远]表示。", None, True),
        ("zh", "[陆知远]加入{云溪协会}，任会长。", None, True),
        ("en", "{Tern} chairman [Okafor] spoke.", None, False),
        ("en", "{Tern} boss [Okafor] spoke.", "boss", False),
        ("en", "[Okafor], chief of staff of {Tern}, spoke.", "chief of staff", True),
        ("zh", "{云溪协会}掌门人[陆知远]表示。", "掌门人", False),
        ("en", "{Tern} co-founder and chairman [Okafor] spoke.", None, True),
    ],
)
def test_the_one_office_that_is_named_is_stated_once(language, text, title, kept, marked, blank, ontology):
    plain, mentions, _ = marked(text)
    (person,), (firm,) = ([m.chain for m in mentions if m.type == kind] for kind in ("Person", "Organization"))
    place = Span("a.txt", 0, len(plain))
    chair = Claim(person, "chairOf", firm, place, "Current", "会长", method="wording")
    claims = (Claim(person, "holdsPositionAt", firm, place, "Current", title), chair)
    parsed = blank(plain, language)
    assert tuple(single(claims, parsed, mentions, ontology)) == (claims if kept else claims[1:])
    assert tuple(single(claims[:1], parsed, mentions, ontology)) == claims[:1]
