"""Who appoints somebody to an office elsewhere is not where that office is."""

import pytest

from kg.extract.appointers import appointed
from kg.model import Claim, Span


@pytest.mark.parametrize(
    ("language", "text", "title", "expected"),
    [
        ("zh", "{远山}任命[何知远]为{云溪}总裁、董事。", "董事", ["云溪"]),
        ("zh", "{远山}宣布，委任[何知远]為{云溪}總裁。", None, ["云溪"]),
        ("zh", "{远山}任命[何知远]为总裁，{云溪}表示祝贺。", "总裁", ["远山"]),
        ("zh", "{远山}任命[何知远]为{远山}总裁。", "总裁", ["远山"]),
        ("zh", "{远山}总监[何知远]辞职。{远山}任命[何知远]为{云溪}总裁。", "总监", ["远山"]),
        ("zh", "{远山}收购{云溪}，任命[何知远]为总裁。", "总裁", ["远山"]),
        ("en", "{远山} named [Okafor] as treasurer of {云溪}.", "treasurer", ["云溪"]),
        ("en", "{远山} treasurer [Okafor] praised {云溪}.", "treasurer", ["远山"]),
        ("id", "{远山} mengangkat [Okafor] sebagai direktur {云溪}.", "direktur", ["云溪"]),
    ],
)
def test_a_post_is_at_the_firm_to_which_somebody_is_appointed(language, text, title, expected, marked, blank, ontology):
    plain, mentions, chains = marked(text)
    person = next(m.chain for m in mentions if m.type == "Person")
    claim = Claim(person, "holdsPositionAt", chains["远山"], Span("a.txt", 0, len(plain)), "Current", title)
    names = {chain: name for name, chain in chains.items()}
    assert [names[c.object] for c in appointed((claim,), blank(plain, language), mentions, ontology)] == expected


def test_a_post_that_is_claimed_elsewhere_already_is_no_second_one(marked, blank, ontology):
    plain, mentions, chains = marked("{远山}任命[何知远]为{云溪}总裁。")
    place = Span("a.txt", 0, len(plain))
    posts = [Claim(chains["何知远"], "holdsPositionAt", chains[firm], place, "Current", "总裁") for firm in ("远山", "云溪")]
    assert list(appointed(posts, blank(plain, "zh"), mentions, ontology)) == posts[1:]
