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
    ("{Larkfield} treasurer [Okafor] became a minister in 2021.", []),
    ("[Okafor], treasurer of {Larkfield}, said her brother had been appointed chairman.", []),
    ("{Larkfield} treasurer [Okafor] was a child when her father became chairman.", []),
    ("{Larkfield} treasurer [Okafor] said a woman was appointed finance director in May.", []),
    ("[Okafor], treasurer of {Larkfield}, was named chief executive of the year.", []),
    (
        "[Okafor] joined {Larkfield} as a manager in 2015 and was promoted to finance director in 2019.",
        [("holdsPositionAt", "finance director", "Current"), ("holdsPositionAt", "manager", "Past")],
    ),
    ("[Okafor] was a manager and has been governor since 2019, {Larkfield} said.", []),
    ("[Okafor], manajer {Larkfield}, dipromosikan menjadi direktur.", [("holdsPositionAt", "direktur", "Current")]),
    (
        "[林晓云]2015年任{青禾科技}经理，2016年升任{青禾科技}副总裁，2020年任{青禾科技}总裁。",
        [("holdsPositionAt", "副总裁", "Past"), ("holdsPositionAt", "总裁", "Current")],
    ),
    ("{青禾科技}副董事长[林晓云]接任董事长，原董事长[许若川]转任顾问。", [("chairOf", "董事长", "Current")]),
    ("{青禾科技}总裁[许若川]卸任，总裁一职由副总裁[林晓云]接任。", [("holdsPositionAt", "总裁", "Current")]),
    ("{青禾科技}总裁[许若川]辞职，由副总裁[林晓云]代行总裁职责。", [("holdsPositionAt", "总裁", "Interim")]),
    ("{青禾科技}总裁[许若川]休假，首席运营官[林晓云]代任总裁。", [("holdsPositionAt", "总裁", "Interim")]),
    ("{青禾科技}首席运营官[林晓云]晋升总裁。", [("holdsPositionAt", "总裁", "Current")]),
    ("{青禾科技}首席运营官[林晓云]获擢升为总裁。", [("holdsPositionAt", "总裁", "Current")]),
    ("（{知行社}记者5月3日电）{青禾科技}宣布，由首席运营官[林晓云]升任总裁。", [("holdsPositionAt", "总裁", "Current")]),
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
    people = [m for m in mentions if m.type == "Person"]
    person = next((m.chain for m in people if plain[m.span.start :].startswith("林晓云")), people[0].chain)
    firm = next(m.chain for m in mentions if m.type == "Organization" and plain[m.span.start :][:3] != "知行社")
    language = "zh" if "林" in text else "id" if "direktur" in text else "en"
    posts = "treasurer", "manager", "finance director", "direktur keuangan", "首席运营官", "manajer", "副董事长", "经理", "副总裁"
    post = next(t for t in posts if t in plain)
    status = "Past" if post in ("manager", "经理") else "Current"
    held = Claim(person, "holdsPositionAt", firm, Span(mentions[0].span.document, 0, len(plain)), status, post)
    parsed = parse(Document(held.evidence.document, plain, language))
    found = promotions(parsed, [held], mentions, titles, ontology)
    assert [(c.predicate, c.title, c.status) for c in found] == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Interim", [("总裁", "Interim"), ("副总裁", "Current")]),
        ("Current", [("总裁", "Interim")]),
        ("Past", []),
    ],
)
def test_who_stands_in_for_another_keeps_the_own_post(status, expected, marked, ontology):
    plain, mentions, chains = marked("{青禾科技}副总裁[林晓云]代行总裁职责。")
    held = Claim(chains["林晓云"], "holdsPositionAt", chains["青禾科技"], Span("a.txt", 0, len(plain)), status, "副总裁")
    found = promotions(parse(Document("a.txt", plain, "zh")), [held], mentions, [], ontology)
    assert [(c.title, c.status) for c in found] == expected


def test_a_day_to_come_is_of_the_office_to_which_somebody_moves(marked, ontology):
    plain, mentions, chains = marked("{青禾科技}宣布，由现任副总裁[林晓云]升任总裁，4月1日生效。")
    held = Claim(chains["林晓云"], "holdsPositionAt", chains["青禾科技"], Span("a.txt", 0, len(plain)), "Future", "副总裁")
    found = promotions(parse(Document("a.txt", plain, "zh")), [held], mentions, [], ontology)
    assert [(c.title, c.status) for c in found] == [("副总裁", "Current"), ("总裁", "Future")]
