import pytest

from kg.extract.sexes import sexed

SURNAMES = [
    ("en", "[Gil Moss] founded {Tern}. [*His] daughter, [Jill Moss], leads it. Ms [Moss] spoke.", "Jill Moss"),
    ("en", "Ms [Gil Moss] founded {Tern}. [*Her] daughter, [Jill Moss], leads it. Ms [Moss] spoke.", "Gil Moss"),
    ("en", "[Gil Moss] founded {Tern}. [*His] daughter, [Jill Moss], leads it. Mr [Moss] spoke.", "Gil Moss"),
    ("en", "[Gil Moss] founded {Tern}. [*His] daughter, [Jill Moss], leads it. [Moss] spoke.", "Gil Moss"),
    ("en", "[Ann Moss] founded {Tern}. [*Her] sister, [Jill Moss], leads it. Ms [Moss] spoke.", "Ann Moss"),
    ("en", "[Gil Moss] founded {Tern}. [*His] son, [Ken Moss], leads it. Ms [Moss] spoke.", "Gil Moss"),
    ("id", "Tuan [Ahmad Fauzi] mendirikan {Tern}. Istrinya, [Siti Fauzi], memimpin. Nyonya [Fauzi] pergi.", "Siti Fauzi"),
]


@pytest.mark.parametrize(("language", "text", "owner"), SURNAMES)
def test_a_surname_goes_to_the_one_whom_the_word_before_it_fits(language, text, owner, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    first = next(m.chain for m in mentions if m.type == "Person" and not m.nominal)
    alone = {"His", "her", "Her", "Moss", "Fauzi"}
    mentions = [m if m.text not in alone else type(m)(m.span, m.text, m.type, m.language, first, nominal=m.nominal) for m in mentions]
    found = [m for m in sexed(blank(plain, language), mentions, ontology) if not m.nominal]
    chain = next(m.chain for m in found if m.text in alone)
    assert next(m.text for m in found if m.chain == chain) == owner
