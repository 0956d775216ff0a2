"""Who only holds what is bought is not bought."""

import pytest

from kg.extract.sellers import bought
from kg.model import Claim, Span


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("{海风}拟收购{青溪}持有的{云海}股权。", ["云海"]),
        ("{海风}收购{青溪}所持{云海}30%股权。", ["云海"]),
        ("{海风}收购{青溪}合计持有的30%{云海}股份。", ["云海"]),
        ("{海风}收购{青溪}和{云海}。", ["青溪", "云海"]),
        ("{海风}收购{青溪}，后者持有{云海}。", ["青溪", "云海"]),
        ("{海风}收购{青溪}，以及{青溪}所持{云海}股权。", ["青溪", "云海"]),
    ],
)
def test_a_seller_is_not_what_is_bought(text, kept, marked, blank, ontology):
    plain, mentions, chains = marked(text)
    place = Span("a.txt", 0, len(plain))
    claims = tuple(Claim(chains["海风"], "acquired", chains[name], place, "Future") for name in ("青溪", "云海"))
    found = bought(claims, blank(plain, "zh"), mentions, ontology)
    assert [c.object for c in found] == [chains[name] for name in kept]
    assert tuple(bought(claims[:1], blank(plain, "zh"), mentions, ontology)) == claims[:1]
