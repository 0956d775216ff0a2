import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.classifier import _Stated, _Text, _titled, _titles
from kg.extract.sentences import Sentences
from kg.han import has_han
from kg.languages.encoder import Found
from kg.model import Mention, Span

# Titles in ‹quotes›; for each pair of names the title that is theirs.
TITLES = [
    ("[Okafor] was a ‹partner› at {Tern} before [*she] joined {Larkfield} as ‹finance director›.", "Okafor", "Tern", "partner"),
    (
        "[Okafor] was a ‹partner› at {Tern} before [*she] joined {Larkfield} as ‹finance director›.",
        "Okafor",
        "Larkfield",
        "finance director",
    ),
    ("[Budi], ‹manajer› di {Pelita}, bergabung dengan {Samudra} sebagai ‹direktur keuangan›.", "Budi", "Samudra", "direktur keuangan"),
    ("[Budi], mantan ‹direktur utama› {Pelita}, akan bergabung dengan {Samudra} sebagai ‹komisaris›.", "Budi", "Samudra", "komisaris"),
    ("[林晓云]现任{青禾科技}‹首席运营官›，此前曾在{远山资本}任‹副总裁›。", "林晓云", "远山资本", "副总裁"),
    ("[林晓云]现任{青禾科技}‹首席运营官›，此前曾在{远山资本}任‹副总裁›。", "林晓云", "青禾科技", "首席运营官"),
    ("{Larkfield}'s ‹treasurer› [Obi] and ‹finance director› [Okafor] left.", "Okafor", "Larkfield", "finance director"),
    ("[Okafor] is ‹partner› at {Tern} and {Larkfield}.", "Okafor", "Larkfield", "partner"),
    ("Former ‹treasurer› [Okafor] joined {Larkfield} as ‹head of sales›.", "Okafor", "Larkfield", "head of sales"),
    ("Former ‹treasurer› [Okafor] of {Larkfield} is now ‹director›.", "Okafor", "Larkfield", "treasurer"),
    ("前任‹财务总监›[林晓云]已调任{青禾科技}‹总会计师›。", "林晓云", "青禾科技", "总会计师"),
    ("原‹总经理助理›[林晓云]将出任{青禾科技}‹副总经理›。", "林晓云", "青禾科技", "副总经理"),
    ("‹财务总监›[林晓云]是{青禾科技}‹副总经理›。", "林晓云", "青禾科技", "财务总监"),
]


@pytest.mark.parametrize(("text", "subject", "object_", "expected"), TITLES)
def test_a_title_is_that_of_the_firm_and_person_beside_it(text, subject, object_, expected, marked, ontology):
    plain, mentions, _ = marked(re.sub("[‹›]", "", text))
    mentions = [replace(m, language="zh" if has_han(plain) else m.language) for m in mentions]
    names = re.split("[‹›]", re.sub(r"[\[\]{}*]", "", text))[1::2]
    titles = [Found(plain.index(t), plain.index(t) + len(t), "") for t in names]
    sentences = Sentences.of("a.txt", plain)
    ends = tuple(max(n for n, m in enumerate(mentions) if m.text == name) for name in (subject, object_))
    evidence = sentences.around(*(mentions[n].span for n in ends))
    relation = ontology.relations["holdsPositionAt"]
    stated = _Stated(1.0, "Current", 1.0, *ends)
    nearest, *_ = _titles(stated, evidence, relation, _Text.of(mentions, titles, sentences, ontology))
    assert nearest.words == expected


# Titles in ‹quotes›; all that the first name holds at the first firm.
POSTS = [
    ("[Okafor] is ‹treasurer› and ‹vice president› of {Tern}.", ["treasurer", "vice president"]),
    ("[Okafor] was ‹head of sales› at {Tern} until 2016 and ‹head of strategy› until 2019.", ["head of sales", "head of strategy"]),
    ("[Okafor] is ‹treasurer› and a ‹vice president› of {Tern}.", ["treasurer", "vice president"]),
    ("[Okafor] is ‹treasurer› of {Tern}; [Obi] is ‹head of sales›.", ["treasurer"]),
    ("[Okafor], who reports to the ‹treasurer›, is ‹head of sales› at {Tern}.", ["treasurer"]),
    ("[Okafor] was ‹vice president› and ‹senior vice president› of {Tern}.", ["vice president", "senior vice president"]),
    ("[林晓云]在{青禾科技}历任‹副总裁›、‹高级副总裁›。", ["副总裁", "高级副总裁"]),
    ("[Okafor] is ‹chief technology officer› and ‹CTO› of {Tern}.", ["chief technology officer"]),
    ("[Okafor], ‹VP› or ‹vice president› of {Tern}, left.", ["VP"]),
    ("[Okafor], ‹partner› of {Larkfield}, is ‹treasurer› of {Tern}.", ["treasurer"]),
    ("[Okafor], ‹chief technology officer› (‹CTO›) of {Tern}, left its ‹board›.", ["chief technology officer"]),
    ("[Budi] adalah ‹direktur keuangan› dan ‹direktur operasional› {Samudra}.", ["direktur keuangan", "direktur operasional"]),
    ("[林晓云]现任{青禾科技}‹首席技术官›兼‹副总裁›。", ["首席技术官", "副总裁"]),
]


def _laid_out(text, marked):
    """The names of a text, with their language, and the titles that stand in its ‹quotes›."""
    plain, mentions, _ = marked(re.sub("[‹›]", "", text))
    mentions = [replace(m, language="zh" if has_han(plain) else "id" if "Budi" in plain else "en") for m in mentions]
    pieces = re.split("[‹›]", re.sub(r"[\[\]{}*]", "", text))
    titles = [Found(start := sum(map(len, pieces[:n])), start + len(pieces[n]), "") for n in range(1, len(pieces), 2)]
    return mentions, titles, Sentences.of("a.txt", plain)


@pytest.mark.parametrize(("text", "expected"), POSTS)
def test_each_post_that_titles_name_is_a_claim(text, expected, marked, ontology):
    mentions, titles, sentences = _laid_out(text, marked)
    firm = max(n for n, m in enumerate(mentions) if m.text in ("Tern", "Samudra", "青禾科技"))
    stated = {(0, "holdsPositionAt", mentions[firm].chain): [_Stated(1.0, "Current", 1.0, 0, firm)]}
    assert [c.title for c in _titled(stated, _Text.of(mentions, titles, sentences, ontology))] == expected


# Titles in ‹quotes›, as a network finds them.
ROLES = [
    ("{Tern} CEO [Obi] spoke.", "CEO"),
    ("{Tern} ‹Group CEO› [Obi], once a chief executive, spoke.", "Group CEO"),
    ("[Obi] has led {Tern} since May. [*Obi], ‹treasurer› until then, is its chief executive.", None),
    ("{青禾科技}首席执行官[林晓云]出席。", "首席执行官"),
]


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_an_office_with_a_relation_of_its_own_is_a_title_where_the_network_marks_none(text, expected, marked, ontology):
    mentions, titles, sentences = _laid_out(text, marked)
    firm = next(n for n, m in enumerate(mentions) if m.text in ("Tern", "青禾科技"))
    head = next(n for n, m in enumerate(mentions) if m.text in ("Obi", "林晓云"))
    stated = {(mentions[head].chain, "chiefExecutiveOf", mentions[firm].chain): [_Stated(1.0, "Current", 1.0, head, firm)]}
    assert [c.title for c in _titled(stated, _Text.of(mentions, titles, sentences, ontology))] == [expected]


# Titles in ‹quotes›; of each two that a text links, the title that is theirs.
HOLDERS = [
    ("[Obi] joins {Tern} from {Larkfield}, where he was ‹head of sales› until 2024.", {"Obi Tern": None, "Obi Larkfield": "head of sales"}),
    (
        "[Obi] joins {Tern} from {Larkfield}, where he was ‹head of sales›, as ‹treasurer›.",
        {"Obi Tern": "treasurer", "Obi Larkfield": "head of sales"},
    ),
    ("[Obi] was ‹vice president› at {Tern} and now teaches at {Larkfield}.", {"Obi Tern": "vice president", "Obi Larkfield": None}),
    ("{Tern} ‹managing director› [Obi] will join the ‹board› of {Larkfield}.", {"Obi Tern": "managing director", "Obi Larkfield": "board"}),
    ("[Obi] of {Tern} will join the ‹board of directors› of {Larkfield}.", {"Obi Tern": None, "Obi Larkfield": "board of directors"}),
    ("{Tern} hired former {Larkfield} ‹manager› [Obi] as ‹finance director›.", {"Obi Tern": "finance director"}),
    (
        "[Obi] (‹Deputy CRO›, {Tern}) will be ‹Chief Risk Officer› of {Larkfield}.",
        {"Obi Tern": "Deputy CRO", "Obi Larkfield": "Chief Risk Officer"},
    ),
    ("[Obi] and [Okafor] are ‹directors› of {Tern}.", {"Obi Tern": "directors", "Okafor Tern": "directors"}),
    ("{Tern} named [Obi] as ‹treasurer›, [Okafor] as ‹general counsel›.", {"Obi Tern": "treasurer", "Okafor Tern": "general counsel"}),
    ("[Obi] – ‹treasurer›; [Okafor] – ‹general counsel›; all at {Tern}.", {"Obi Tern": "treasurer", "Okafor Tern": "general counsel"}),
    (
        "[Obi], ‹treasurer› of {Tern}, [Okafor], its ‹president›, and [Nwosu], its ‹general counsel›.",
        {"Obi Tern": "treasurer", "Okafor Tern": "president", "Nwosu Tern": "general counsel"},
    ),
    ("{Tern} hired [Obi] as ‹treasurer›.\n\n[Okafor], {Tern}", {"Obi Tern": "treasurer", "Okafor Tern": None}),
    ("{Tern} hired [Obi] from {Larkfield} as its ‹treasurer›.", {"Obi Tern": "treasurer", "Obi Larkfield": None}),
    ("[Obi] joined {Tern} as ‹treasurer› from {Larkfield}.", {"Obi Tern": "treasurer", "Obi Larkfield": None}),
    ("{Tern} named [Obi], formerly of {Larkfield}, as ‹treasurer›.", {"Obi Tern": "treasurer", "Obi Larkfield": None}),
    ("[林晓云]将加入{青禾科技}，此前曾在{远山资本}任‹副总裁›。", {"林晓云 青禾科技": None, "林晓云 远山资本": "副总裁"}),
]


@pytest.mark.parametrize(("text", "expected"), HOLDERS)
def test_a_claim_has_no_title_that_is_of_another_firm(text, expected, marked, ontology):
    mentions, titles, sentences = _laid_out(text, marked)
    places = {m.text: n for n, m in enumerate(mentions)}
    pairs = {pair: tuple(places[name] for name in pair.split()) for pair in expected}
    stated = {(mentions[a].chain, "holdsPositionAt", mentions[b].chain): [_Stated(1.0, "Current", 1.0, a, b)] for a, b in pairs.values()}
    found = {(c.subject, c.object): c.title for c in _titled(stated, _Text.of(mentions, titles, sentences, ontology))}
    assert {pair: found[mentions[a].chain, mentions[b].chain] for pair, (a, b) in pairs.items()} == expected


# The status of a second firm's claim, and the firms that the one named as chief executive of both leads.
BORROWED = [
    ("{Tern} won a prize. {Larkfield} ‹chief executive› [Obi] gave it.", "Current", ["Larkfield"]),
    ("{Tern} will be led by {Larkfield} ‹chief executive› [Obi].", "Future", ["Tern", "Larkfield"]),
    ("[Obi] is ‹chief executive› of {Tern} and {Larkfield}.", "Current", ["Tern", "Larkfield"]),
]


@pytest.mark.parametrize(("text", "status", "firms"), BORROWED)
def test_an_office_of_one_firm_makes_nobody_head_of_another(text, status, firms, marked, ontology):
    mentions, titles, sentences = _laid_out(text, marked)
    places = {m.text: n for n, m in enumerate(mentions)}
    told = {"Tern": _Stated(0.5, status, 1.0, places["Obi"], places["Tern"])}
    told["Larkfield"] = _Stated(1.0, "Current", 1.0, places["Obi"], places["Larkfield"])
    stated = {(mentions[s.subject].chain, "chiefExecutiveOf", mentions[s.object].chain): [s] for s in told.values()}
    found = {c.object for c in _titled(stated, _Text.of(mentions, titles, sentences, ontology))}
    assert [name for name in told if mentions[places[name]].chain in found] == firms


PLACES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda s: (s[0], sum(s))), max_size=12)


@given(PLACES, PLACES, st.tuples(st.integers(0, 30), st.integers(0, 12)))
def test_what_lies_within_the_evidence_is_looked_up(named, titled, place):
    mentions = tuple(Mention(Span("a.txt", a, b), "x", "Person", "en", n) for n, (a, b) in enumerate(named))
    titles, evidence = [Found(a, b, "") for a, b in titled], Span("a.txt", place[0], sum(place))
    text = _Text.of(mentions, titles, Sentences.of("a.txt", "x" * 50), None)
    near = [m for m in mentions if evidence.start <= m.span.start < evidence.end]
    inside = [t for t in titles if evidence.start <= t.start and t.end <= evidence.end]
    assert list(text.near(evidence)) == sorted(near, key=lambda m: m.span.start)
    assert text.titles_in(evidence) == sorted(inside, key=lambda t: t.start)


def test_the_title_of_a_claim_takes_as_many_steps_in_a_longer_text(marked, ontology, steps):
    work, relation = [], ontology.relations["holdsPositionAt"]
    for size in (50, 100):
        plain, mentions, _ = marked("[Okafor] joined {Larkfield} as finance director.\n" * size)
        titles = [Found(m.start(), m.end(), "") for m in re.finditer("finance director", plain)]
        sentences = Sentences.of("a.txt", plain)
        text, evidence = _Text.of(mentions, titles, sentences, ontology), sentences.around(mentions[20].span, mentions[21].span)
        stated = _Stated(1.0, "Current", 1.0, 20, 21)
        assert [t.words for t in _titles(stated, evidence, relation, text)] == ["finance director"]
        work.append(steps(lambda text=text, evidence=evidence, stated=stated: list(_titles(stated, evidence, relation, text))))
    assert work[1] <= 1.3 * work[0]
