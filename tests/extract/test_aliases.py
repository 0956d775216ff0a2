from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.aliases import aliases, joined
from kg.model import Alias, Mention, Span

ALIASES = [
    ("en", '{Northwind Bank Limited} ("{Northwind}") and <Tern> ({Larkfield})', [("bracket", True)]),
    ("en", "{Larkfield}, formerly known as {Northwind}", [("formerly known as", True)]),
    ("en", "[Ada Obi], no relation to [Ken Obi], left.", [("no relation to", False)]),
    ("en", "[Obi] leads {Tern}. [Ada Obi], the editor and no relation, will stay.", [("no relation", False)]),
    ("en", "[Obi] leads {Tern}. It hired [Ada Obi], an editor (no relation), in May.", [("no relation", False)]),
    ("en", "[Obi] leads {Tern}. [Ada Obi], the editor, said in an unrelated matter, that she will stay.", []),
    ("en", "[Ken Lim] leads {Tern}. [Ada Obi], the editor and no relation, will stay.", []),
    ("id", "[Hartono] memimpin {Tern}. [Rina Hartono], direktur dan bukan kerabat, pergi.", [("bukan kerabat", False)]),
    ("en", "{Larkfield}, founded as {Northwind} in 2031, grew.", [("founded as", True)]),
    ("en", "{Larkfield}, which began life as {Northwind}, grew.", [("began life as", True)]),
    ("en", "{Larkfield}, the firm once called {Northwind}, grew.", [("called", True)]),
    ("en", "Established as {Northwind} in 2031, {Larkfield} grew.", [("established as", True)]),
    ("en", "Formerly {Northwind}, {Larkfield} grew.", [("formerly", True)]),
    ("en", "{Larkfield}, originally known as {Northwind}, grew.", [("originally known as", True)]),
    ("en", "It was established as {Northwind} grew in 2031, {Larkfield} said.", []),
    ("id", "{Larkfield}, dulu bernama {Northwind}, tumbuh.", [("dulu bernama", True)]),
    ("zh", "{青禾科技}（{Larkfield}，原{远山实业}）增长。", [("原", True)]),
    ("en", "{Larkfield} or {Northwind} will come.", []),
    ("id", "{PT Samudra Biru Tbk} ({SABI}) naik.", [("bracket", True)]),
    ("id", "{Bank Pelita Jaya} disingkat {BPJ}", [("disingkat", True)]),
    ("zh", "[林晓云]（[Lin Xiaoyun]）说。", [("bracket", True)]),
    ("zh", "{青禾科技有限公司}，简称{青禾}", [("简称", True)]),
    ("zh", "{青禾科技}与{青禾茶业}无关。", [("无关", False)]),
    ("en", "{Larkfield} called {Northwind} a monopolist.", []),
    ("en", "[Ada Obi], who last week dubbed [Ken Obi] a visionary, left.", []),
    ("en", "{Larkfield} was once called {Northwind} in Haizhou.", [("called", True)]),
    ("en", "{Larkfield}, then called {Northwind}, grew.", [("called", True)]),
    ("en", "{Larkfield} (renamed {Northwind} in 2031) grew.", [("renamed", True)]),
    ("en", "{Larkfield}, called {Northwind} until 2031, grew.", [("called", True)]),
    ("en", "[Mara Ost] sued [Ken Obi], called [Ada Lim] a liar and left.", []),
    ("en", "{Larkfield} was called {Northwind}'s rival.", []),
    ("en", "[Ken Obi], known as the [Ada Lim] of Haizhou, left.", []),
    ("en", "{Larkfield} unit known as {Northwind} grew.", []),
    ("en", "{Larkfield} aka {Northwind} grew.", [("aka", True)]),
    ("id", "[Budi Hartawan] disebut [Sari Umar] sebagai calon.", []),
    ("id", "{Bank Pelita Jaya}, disebut {BPJ}, naik.", [("disebut", True)]),
    ("id", "{Bank Pelita Jaya} atau {BPJ} naik.", []),
    ("zh", "{青禾科技}又称{远山资本}造假。", []),
    ("zh", "{青禾科技}，又称{青禾}，上市。", [("又称", True)]),
    ("zh", "{青禾科技}的前身为{远山资本}的物流部门。", []),
    ("zh", "{青禾科技}后更名为{远山科技}。", [("更名为", True)]),
    ("en", "[Ada Obi], a banker, is not related to [Ada Obi], the actor.", [("not related to", False)]),
    ("en", "{Larkfield Foods} said the fire was unrelated to {Larkfield}.", []),
    ("zh", "{青禾科技}表示，此事与{青禾}无关。", []),
    ("en", "{Larkfield Foods} (NASDAQ: {LKFD}) grew.", [("nasdaq", True)]),
    ("en", "{Larkfield Foods} (NYSE and TSX:{LF.B}; HKEX: 9911) grew.", [("tsx", True)]),
    ("en", "{Larkfield Foods}, which trades under the ticker {LKFD}, grew.", [("trades under the ticker", True)]),
    ("en", "{Larkfield Foods}, {NYSE}, {LSE} and {SABI} met.", []),
    ("en", "[Ada Obi] (NYSE: [AO]) left.", []),
    ("en", "{Larkfield Foods} (Nasdaq: {Northwind Bank}) grew.", []),
    ("id", "{PT Samudra Biru Tbk} ({Bursa Efek Indonesia}: {SABI}) naik.", [("bursa efek indonesia", True)]),
    ("id", "{PT Samudra Biru Tbk} (kode saham: {SABI}; selanjutnya disebut “Perseroan”) naik.", [("kode saham", True)]),
    ("id", "{PT Samudra Biru Tbk}, dengan kode saham {SABI}, naik.", [("dengan kode saham", True)]),
    ("zh", "{青禾科技}（纳斯达克：{QHKJ}）上涨。", [("纳斯达克", True)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), ALIASES)
def test_the_text_says_which_names_are_one(language, text, expected, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    found = aliases(blank(plain, language), mentions, ontology)
    assert [(a.kind, a.same) for a in found] == expected


def test_a_city_in_brackets_is_no_other_name_of_its_hall(blank, ontology):
    for text, hall, city, one in (("Harbour Hall (Haizhou)", 12, 21, False), ("Haizhou (海州)", 7, 11, True)):
        places = (0, hall), (hall + 2, city)
        mentions = [Mention(Span("a.txt", a, b), text[a:b], "Place", "en", n) for n, (a, b) in enumerate(places)]
        assert bool(aliases(blank(text, "en"), mentions, ontology)) is one


def test_what_the_text_calls_one_is_one_chain(blank, marked, ontology):
    plain, mentions, chains = marked("{Northwind Bank} ({NWB}) bid. [Ada Obi], no relation to [Ken Obi], left. {NWB} won.")
    found = joined(mentions, aliases(blank(plain, "en"), mentions, ontology))
    assert {m.chain for m in found if m.type == "Organization"} == {chains["Northwind Bank"]}
    assert len({m.chain for m in found if m.type == "Person"}) == 2


NAMESAKES = [
    ("en", "[Ada Obi] leads {Tern}. [*She] is no relation to [Ada Obi], who has [*her] own firm. Then [Ada Obi] left.", (0, 1, 4)),
    ("id", "[Ada Obi] memimpin {Tern}. [*Ia] bukan kerabat [Ada Obi], pendiri {Larkfield}. [Ada Obi] pergi.", (0, 1, 3)),
    ("zh", "[王伟]是{青禾}董事长。[*他]与{远山资本}创始人[王伟]并无关系，只是同名。[王伟]走了。", (0, 1, 3)),
]


@pytest.mark.parametrize(("language", "text", "first"), NAMESAKES)
def test_a_namesake_brought_in_is_another_until_the_sentence_ends(language, text, first, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    found = [m for m in joined(mentions, aliases(blank(plain, language), mentions, ontology)) if m.type == "Person"]
    assert [n for n, m in enumerate(found) if m.chain == found[0].chain] == list(first)
    assert len({m.chain for m in found}) == 2


def test_a_noun_that_the_network_takes_for_the_name_after_it_makes_no_namesake(blank, marked, ontology):
    plain, mentions, _ = marked("{青禾}表示，{*该事件}与{青禾}无关。")
    assert aliases(blank(plain, "zh"), mentions, ontology) == ()


def names(chains):
    return tuple(Mention(Span("a.txt", n, n + 1), "x", "Person", "en", chain) for n, chain in enumerate(chains))


@given(st.lists(st.integers(0, 7), min_size=2, max_size=10), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans())))
def test_chains_called_one_take_the_least_number_of_all_unless_two_of_them_are_told_apart(chains, told):
    mentions = names(chains)
    spans = [m.span for m in mentions]
    said = [Alias(spans[a % len(spans)], spans[b % len(spans)], "", same) for a, b, same in told]
    said = [a for a in said if a.same or chains[spans.index(a.first)] != chains[spans.index(a.second)]]  # no namesakes of one chain
    first = {m.span: m.chain for m in mentions}
    apart = {frozenset((first[a.first], first[a.second])) for a in said if not a.same}
    numbers = dict(first)
    for alias in (a for a in said if a.same):
        pair = {numbers[alias.first], numbers[alias.second]}
        if pair not in apart:
            numbers = {span: min(pair) if number in pair else number for span, number in numbers.items()}
    assert joined(mentions, said) == tuple(replace(m, chain=numbers[m.span]) for m in mentions)


def test_twice_as_many_aliases_take_twice_the_work(steps):
    work = []
    for size in (200, 400):
        mentions = names(range(size))
        told = [Alias(a.span, b.span, "known as") for a, b in zip(mentions[::2], mentions[1::2], strict=True)]
        work.append(steps(lambda mentions=mentions, told=told: joined(mentions, told)))
    assert work[1] <= 2.5 * work[0]


REFERRED = [
    ("{Larkfield} grew. {*The company}, originally known as {Northwind}, hired.", True),
    ("{Larkfield} grew. {*The company}, founded as {Northwind} in 2031, hired.", True),
    ("{Larkfield} grew. {*The company} and {Northwind} hired.", False),
    ("{Larkfield} grew. {*The company} sued the firm formerly known as {Northwind}.", False),
]


@pytest.mark.parametrize(("text", "one"), REFERRED)
def test_a_name_behind_what_refers_to_a_thing_is_another_name_of_it(text, one, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    own = {m.text: m for m in mentions}
    referring = next(m for m in mentions if m.nominal)
    mentions = [replace(m, chain=own["Larkfield"].chain) if m is referring else m for m in mentions]
    found = aliases(blank(plain, "en"), mentions, ontology)
    assert [(a.first, a.second) for a in found] == [(own["Larkfield"].span, own["Northwind"].span)] * one
