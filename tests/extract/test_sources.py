import pytest

from kg.extract.quotations import quotations
from kg.extract.sources import sources
from kg.model import Claim, Span

STATED = [
    ("en", "[Okafor] said {Larkfield} acquired {Northwind}.", "Larkfield", "Northwind", "Okafor"),
    ("en", "{Larkfield} said {*it} acquired {Northwind}.", "Larkfield", "Northwind", "Larkfield"),
    ("en", "{Larkfield} acquired {Northwind}, [Okafor] said.", "Larkfield", "Northwind", "Okafor"),
    ("en", "{Larkfield} acquired {Northwind}, said [Okafor].", "Larkfield", "Northwind", "Okafor"),
    ("en", "According to [Okafor], {Larkfield} acquired {Northwind}.", "Larkfield", "Northwind", "Okafor"),
    ("en", "{Larkfield} acquired {Northwind}, according to {Tern}.", "Larkfield", "Northwind", "Tern"),
    ("en", "“{Larkfield} has acquired {Northwind} at last,” said [Okafor].", "Larkfield", "Northwind", "Okafor"),
    ("en", "[Okafor], chief executive of {Larkfield}, said all was well.", "Okafor", "Larkfield", None),
    ("en", "According to [Okafor], chief executive of {Larkfield}, all is well.", "Okafor", "Larkfield", None),
    ("en", "{Larkfield} acquired {Northwind}.", "Larkfield", "Northwind", None),
    ("en", "{Larkfield} acquired {Northwind}. [Okafor] said so.", "Larkfield", "Northwind", None),
    ("en", "Reporter: Why?\n\n[Okafor]: {Larkfield} acquired {Northwind}.", "Larkfield", "Northwind", "Okafor"),
    ("id", "Menurut [Budi], {Samudra} mengakuisisi {Pelita}.", "Samudra", "Pelita", "Budi"),
    ("id", "{Samudra} mengakuisisi {Pelita}, kata [Budi].", "Samudra", "Pelita", "Budi"),
    ("id", "[Budi] mengatakan {Samudra} mengakuisisi {Pelita}.", "Samudra", "Pelita", "Budi"),
    ("id", "Direktur Utama {Samudra} [Budi] mengatakan semua baik.", "Budi", "Samudra", None),
    ("zh", "据{青禾科技}首席执行官[林晓云]介绍，{青禾科技}收购了{远山}。", "青禾科技", "远山", "林晓云"),
    ("zh", "据{青禾科技}首席执行官[林晓云]介绍，一切都好。", "林晓云", "青禾科技", None),
    ("zh", "[林晓云]表示，{青禾科技}收购了{远山}。", "青禾科技", "远山", "林晓云"),
    ("zh", "[林晓云]：{青禾科技}收购了{远山}。", "青禾科技", "远山", "林晓云"),
    ("en", "[Obi]: Why?\n\n[Okafor]: We founded {Larkfield} in 2015.", "Okafor", "Larkfield", "Okafor"),
    ("zh", "[韩立群]：为什么？\n\n[林晓云]：我们创立了{青禾科技}。", "林晓云", "青禾科技", "林晓云"),
    ("en", "{Tern} spoke to [Okafor], chief executive of {Larkfield}.", "Okafor", "Larkfield", None),
    ("en", "[Obi] told [Okafor], 52, the chairman of {Larkfield}, to wait.", "Okafor", "Larkfield", None),
    ("en", "[Obi] asked [Okafor], {Larkfield}'s chairman, to wait.", "Okafor", "Larkfield", None),
    ("en", "{Tern}'s claim against {Larkfield} chairman [Okafor] failed.", "Okafor", "Larkfield", None),
    ("en", "[Obi] told [Okafor], chairman of {Larkfield}, that {Tern} acquired {Northwind}.", "Tern", "Northwind", "Obi"),
    ("en", "[Okafor] said [Obi] is chairman of {Larkfield}.", "Obi", "Larkfield", "Okafor"),
    ("en", "[Okafor] leads {Larkfield}, and [Obi] is to run the new firm, to be called {Tern}.", "Okafor", "Larkfield", None),
    ("en", "[Obi] opened a unit called {Tern}, which acquired {Northwind}.", "Tern", "Northwind", None),
    ("en", "[Obi] left and a clerk said {Tern} acquired {Northwind}.", "Tern", "Northwind", None),
    ("id", "[Sari] bertanya kepada [Budi], direktur utama {Samudra}, soal itu.", "Budi", "Samudra", None),
    ("id", "[Sari] berkata kepada Direktur Utama {Samudra} [Budi] bahwa ia pergi.", "Budi", "Samudra", None),
    ("zh", "[林晓云]告诉{青禾科技}首席执行官[韩立群]，一切都好。", "韩立群", "青禾科技", None),
    ("zh", "[林晓云]告诉[韩立群]，{青禾科技}收购了{远山}。", "青禾科技", "远山", "林晓云"),
    ("en", "{Larkfield}'s own answer to {Northwind}, which {Tern} acquired, failed.", "Tern", "Northwind", None),
    ("en", "[Okafor], a founder of {Tern}, which acquired {Northwind}, announced a show.", "Tern", "Northwind", None),
    ("en", "[Okafor] told the audience at {Larkfield} in {Northwind} all was well.", "Larkfield", "Northwind", None),
    ("en", "[Okafor] told reporters at a fair how {Larkfield} acquired {Northwind}.", "Larkfield", "Northwind", "Okafor"),
    ("en", "{Larkfield} acquired {Northwind}, [Okafor] said on Monday.", "Larkfield", "Northwind", "Okafor"),
    ("id", "{Samudra} mengakuisisi {Pelita}, ujar [Budi].", "Samudra", "Pelita", "Budi"),
    ("en", "[Obi] has been succeeded by [Okafor] at {Larkfield}, {*the company} said.", "Okafor", "Larkfield", "Larkfield"),
    ("en", "[Okafor] is the new chair of {Larkfield}, {Tern} said.", "Okafor", "Larkfield", "Tern"),
    ("en", "{Northwind} was acquired by {Larkfield}, {*the company} said.", "Larkfield", "Northwind", "Larkfield"),
    ("en", "{Larkfield} said {*its} chairman, [Obi], the father of chief executive [Okafor], would go.", "Okafor", "Larkfield", None),
    ("en", "{Larkfield} said on Monday in a notice that chief executive [Okafor] of {*it} would go.", "Okafor", "Larkfield", None),
    ("en", "{Tern} said {Larkfield} had made [Okafor] chief executive.", "Okafor", "Larkfield", "Tern"),
    ("id", "{Kontan} melaporkan bahwa {Samudra} mengakuisisi {Pelita}.", "Samudra", "Pelita", "Kontan"),
    ("id", "Direktur {Samudra}, [Budi], mengatakan {Pelita} tumbuh pesat.", "Budi", "Samudra", None),
    ("id", "Direktur {Samudra}, [Budi], mengatakan {Pelita} mengakuisisi {Cakra}.", "Pelita", "Cakra", "Budi"),
    ("zh", "{青禾科技}表示，传闻“{远山}收购{长河}”不属实。", "远山", "长河", None),
]


@pytest.mark.parametrize(("language", "text", "subject", "object_", "expected"), STATED)
def test_a_claim_carries_the_one_who_states_it(language, text, subject, object_, expected, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    parsed = blank(plain, language)
    predicate = "holdsPositionAt" if f"[{subject}]" in text else "acquired"
    claim = Claim(chains[subject], predicate, chains[object_], Span("a.txt", 0, len(plain)), "Current")
    (found,) = sources(parsed, mentions, (claim,), quotations(parsed, mentions, {}, ontology), ontology)
    names = {n: w for w, n in chains.items()}
    assert (None if found.asserted_by is None else names[found.asserted_by]) == expected


def test_twice_as_many_claims_and_quotations_take_twice_the_work(blank, marked, ontology, steps):
    work = []
    for size in (40, 80):
        plain, mentions, chains = marked("“{Larkfield} has acquired {Northwind} at last,” said [Okafor].\n" * size)
        parsed, length = blank(plain, "en"), len(plain) // size
        places = [Span("a.txt", n * length, (n + 1) * length) for n in range(size)]
        claims = [Claim(chains["Larkfield"], "acquired", chains["Northwind"], place, "Current") for place in places]
        said = quotations(parsed, mentions, {}, ontology)
        assert {c.asserted_by for c in sources(parsed, mentions, claims, said, ontology)} == {chains["Okafor"]}
        work.append(steps(lambda p=parsed, m=mentions, c=claims, s=said: sources(p, m, c, s, ontology)))
    assert work[1] <= 2.5 * work[0]
