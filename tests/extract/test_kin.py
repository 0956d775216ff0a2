import pytest

from kg.extract.aliases import joined
from kg.extract.kin import kin

KIN = [
    ("en", "[Alan Cotter] founded {Tern}. His son, [Alan James Cotter], leads it.", {("Alan Cotter", "Alan James Cotter")}),
    ("en", "[Alan Cotter] founded {Tern}. His eldest son [Alan James Cotter] leads it.", {("Alan Cotter", "Alan James Cotter")}),
    ("en", "[Alan Cotter]'s brother, Mr [Alan James Cotter], leads {Tern}.", {("Alan Cotter", "Alan James Cotter")}),
    ("en", "His daughter and successor at {Tern}, [Ann Cotter], leads it.", set()),
    ("en", "[Alan Cotter] left. His son and heir, [Alan James Cotter], leads {Tern}.", {("Alan Cotter", "Alan James Cotter")}),
    ("en", "[Alan Cotter] left {Tern}. [Alan James Cotter], his eldest son, leads it.", {("Alan Cotter", "Alan James Cotter")}),
    ("en", "[Alan James Cotter], a son of founder [Alan Cotter], leads {Tern}.", {("Alan James Cotter", "Alan Cotter")}),
    ("en", "[Alan James Cotter] is the son of [Alan Cotter].", {("Alan James Cotter", "Alan Cotter")}),
    ("en", "[Alan James Cotter] left. [Ken Obi] has {Tern} from his father, [Alan Cotter].", {("Ken Obi", "Alan Cotter")}),
    ("en", "[Mia Lee] and [Alan Cotter] left. [*His] son, [Alan James Cotter], leads {Tern}.", {("Alan Cotter", "Alan James Cotter")}),
    ("en", "[Alan James Cotter] left. [Ken Obi] has it from [*his] father, [Alan Cotter].", {("Ken Obi", "Alan Cotter")}),
    ("en", "[Alan Cotter] left. His son said [Alan James Cotter] was tired.", set()),
    ("en", "[Alan Cotter] left. The sister firm was led by [Alan James Cotter].", set()),
    ("id", "[Budi Hartanto] mendirikan {Tern}. Putranya, [Budi Kurnia Hartanto], pergi.", {("Budi Hartanto", "Budi Kurnia Hartanto")}),
    ("id", "[Hasan Basri] pergi. Kini adiknya [Hasan Ali Basri] memimpin {Tern}.", {("Hasan Basri", "Hasan Ali Basri")}),
    ("id", "[Hasan Basri] pergi. [Hasan Ali Basri], putra sulungnya, memimpin {Tern}.", {("Hasan Basri", "Hasan Ali Basri")}),
    ("zh", "[欧阳德]创办{青禾}。其子[欧阳德明]现任总裁。", {("欧阳德", "欧阳德明")}),
    ("zh", "[王建国]创办{青禾}，长子[王建]任总裁。", {("王建国", "王建")}),
    ("zh", "[王建国]创办{青禾}。其子公司由[王建]领导。", set()),
]


@pytest.mark.parametrize(("language", "text", "expected"), KIN)
def test_who_is_brought_in_as_kin_is_another(language, text, expected, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    found = kin(blank(plain, language), mentions, ontology)
    assert {(plain[a.first.start : a.first.end], plain[a.second.start : a.second.end]) for a in found} == expected
    assert not any(a.same for a in found)


def test_kin_of_one_chain_are_parted(blank, marked, ontology):
    plain, mentions, _ = marked("[Alan Cotter] left {Tern}. His son, [Alan James Cotter], leads it. [Alan James Cotter] said so.")
    one = [m for m in mentions if m.type == "Person"]
    merged = tuple(m if m.type != "Person" else type(m)(m.span, m.text, m.type, m.language, one[0].chain) for m in mentions)
    found = [m.chain for m in joined(merged, kin(blank(plain, "en"), merged, ontology)) if m.type == "Person"]
    assert found[0] != found[1] == found[2]
