import re

import pytest

from kg.extract.promotions import promotions
from kg.languages.encoder import Found
from kg.model import Claim, Document, Span
from kg.parse import parse

# A [person] who holds a post at a {firm}, titles in ‹quotes›; the posts that a verb gives to the person there.
POSTS = [
    (
        "[Okafor], finance director of {Larkfield}, will become chief executive on 1 May 2024.",
        [("chiefExecutiveOf", "chief executive", "Future")],
    ),
    ("{Larkfield} said its treasurer, [Okafor], had been named chairman.", [("chairOf", "chairman", "Current")]),
    (
        "[Okafor], now treasurer of {Larkfield}, has been promoted to finance director.",
        [("holdsPositionAt", "finance director", "Current")],
    ),
    ("{Larkfield} treasurer [Okafor] takes over as interim chief executive.", [("chiefExecutiveOf", "interim chief executive", "Interim")]),
    ("{Larkfield} treasurer [Okafor] will become its new chief executive.", [("chiefExecutiveOf", "chief executive", "Future")]),
    ("{Larkfield} treasurer [Okafor] will become ‹head of research›.", [("holdsPositionAt", "head of research", "Future")]),
    ("{Larkfield} treasurer [Okafor] became chief executive of its shipping arm.", []),
    ("{Larkfield} treasurer [Okafor] became chief executive of the bank's shipping arm.", []),
    ("{Larkfield} treasurer [Okafor] will not become chief executive.", []),
    ("{Larkfield} treasurer [Okafor] hopes to become chief executive.", []),
    (
        "{Larkfield} treasurer [Okafor] became a director in what the chief executive called a venture.",
        [("holdsPositionAt", "director", "Current")],
    ),
    ("{Larkfield} treasurer [Okafor] and [Obi] will become chief executive.", []),
    ("{Larkfield} treasurer [Okafor] will become chief executive of {Tern}.", []),
    ("[Okafor] was a manager at {Larkfield} before becoming a director.", []),
    ("[Okafor], direktur keuangan {Larkfield}, diangkat menjadi direktur utama.", [("chiefExecutiveOf", "direktur utama", "Current")]),
    ("{青禾科技}首席运营官[林晓云]将于2024年5月1日出任首席执行官。", [("chiefExecutiveOf", "首席执行官", "Future")]),
]


@pytest.mark.parametrize(("text", "expected"), POSTS)
def test_a_verb_of_becoming_gives_a_post_at_the_only_firm(text, expected, marked, ontology):
    plain, mentions, _ = marked(re.sub("[‹›]", "", text))
    pieces = re.split("[‹›]", re.sub(r"[\[\]{}*]", "", text))
    titles = [Found(start := sum(map(len, pieces[:n])), start + len(pieces[n]), "") for n in range(1, len(pieces), 2)]
    person, firm = (next(m.chain for m in mentions if m.type == kind) for kind in ("Person", "Organization"))
    language = "zh" if "林" in text else "id" if "direktur" in text else "en"
    post = next(t for t in ("treasurer", "finance director", "direktur keuangan", "首席运营官", "manager") if t in plain)
    status = "Past" if post == "manager" else "Current"
    held = Claim(person, "holdsPositionAt", firm, Span(mentions[0].span.document, 0, len(plain)), status, post)
    parsed = parse(Document(held.evidence.document, plain, language))
    found = promotions(parsed, [held], mentions, titles, ontology)
    assert [(c.predicate, c.title, c.status) for c in found] == expected
