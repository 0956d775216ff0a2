"""A client does not employ his lawyer."""

import pytest

from kg.extract.clients import represented
from kg.model import Claim, Span


@pytest.mark.parametrize(
    ("language", "text", "title", "kept"),
    [
        ("zh", "{云溪}的代理律师[何知远]说，将上诉。", "代理律师", False),
        ("zh", "{云溪}的委任律師[何知遠]表示。", None, False),
        ("zh", "{云溪律师事务所}的律师[何知远]说。", "律师", True),
        ("zh", "{云溪}的法务总监[何知远]说。", "法务总监", True),
        ("zh", "{云溪}的律师出庭，总监[何知远]旁听。", "总监", True),
        ("en", "{Tern}'s lawyer [Okafor] said so.", "lawyer", False),
        ("en", "[Okafor], a lawyer for {Tern}, said so.", "lawyer", False),
        ("en", "[Okafor], a lawyer at {Tern}, said so.", "lawyer", True),
        ("en", "{Tern}'s lawyers sued, and its treasurer [Okafor] left.", None, True),
        ("id", "[Okafor], kuasa hukum dari {Tern}, mengatakan.", "kuasa hukum", False),
    ],
)
def test_a_lawyer_holds_no_post_at_a_client(language, text, title, kept, marked, blank, ontology):
    plain, mentions, _ = marked(text)
    (person,), (firm,) = ([m.chain for m in mentions if m.type == kind] for kind in ("Person", "Organization"))
    claims = (Claim(person, "holdsPositionAt", firm, Span("a.txt", 0, len(plain)), "Current", title),)
    assert tuple(represented(claims, blank(plain, language), mentions, ontology)) == (claims if kept else ())
