import pytest

from kg.extract.aliases import aliases, joined

ALIASES = [
    ("en", '{Northwind Bank Limited} ("{Northwind}") and <Tern> ({Larkfield})', [("bracket", True)]),
    ("en", "{Larkfield}, formerly known as {Northwind}", [("formerly known as", True)]),
    ("en", "[Ada Obi], no relation to [Ken Obi], left.", [("no relation to", False)]),
    ("en", "{Larkfield} or {Northwind} will come.", []),
    ("id", "{PT Samudra Biru Tbk} ({SABI}) naik.", [("bracket", True)]),
    ("id", "{Bank Pelita Jaya} disingkat {BPJ}", [("disingkat", True)]),
    ("zh", "[林晓云]（[Lin Xiaoyun]）说。", [("bracket", True)]),
    ("zh", "{青禾科技有限公司}，简称{青禾}", [("简称", True)]),
    ("zh", "{青禾科技}与{青禾茶业}无关。", [("无关", False)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), ALIASES)
def test_the_text_says_which_names_are_one(language, text, expected, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    found = aliases(blank(plain, language), mentions, ontology)
    assert [(a.kind, a.same) for a in found] == expected


def test_what_the_text_calls_one_is_one_chain(blank, marked, ontology):
    plain, mentions, chains = marked("{Northwind Bank} ({NWB}) bid. [Ada Obi], no relation to [Ken Obi], left. {NWB} won.")
    found = joined(mentions, aliases(blank(plain, "en"), mentions, ontology))
    assert {m.chain for m in found if m.type == "Organization"} == {chains["Northwind Bank"]}
    assert len({m.chain for m in found if m.type == "Person"}) == 2
