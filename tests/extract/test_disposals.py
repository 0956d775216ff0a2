"""What is sold by who held it is no plan where only the word that leads it could tell of one."""

import pytest

from kg.extract.disposals import disposed
from kg.model import Claim, Span

SOLD = [
    ("{云溪}2022年将子公司{青禾}股权出售予{海风}。", "Past", "Current"),
    ("{雲溪}將旗下{青禾}出售給{海风}。", "Past", "Current"),
    ("{云溪}将其持有的{青禾}60%股权转让给{海风}。", "Past", "Current"),
    ("{云溪}拟将旗下{青禾}出售给{海风}。", "Future", "Future"),
    ("{云溪}明年将旗下{青禾}出售给{海风}。", "Future", "Future"),
    ("{云溪}宣布将旗下{青禾}出售给{海风}。", "Future", "Future"),
    ("{云溪}将向{海风}出售子公司{青禾}。", "Future", "Future"),
    ("{云溪}将收购{青禾}，并出售{海风}。", "Future", "Future"),
]


@pytest.mark.parametrize(("text", "unit", "deal"), SOLD)
def test_a_sale_is_over_where_its_object_is_only_led(text, unit, deal, marked, blank, ontology):
    plain, mentions, chains = marked(text)
    seller, sold, buyer = (next(chains[n] for n in names if n in chains) for names in (("云溪", "雲溪"), ("青禾",), ("海风",)))
    place = Span("a.txt", 0, len(plain))
    claims = Claim(sold, "subsidiaryOf", seller, place, "Future"), Claim(buyer, "acquired", sold, place, "Future")
    assert [c.status for c in disposed(claims, blank(plain, "zh"), mentions, ontology)] == [unit, deal]
