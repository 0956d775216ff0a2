import pytest

from kg.extract.dates import dates
from kg.extract.periods import periods
from kg.model import Claim, Period, Span

PERIODS = [
    ("en", "[Okafor] founded {Larkfield} in 1999.", "founderOf", "Current", Period("1999")),
    ("en", "[Okafor] has been chief executive of {Larkfield} since March 2020.", "chiefExecutiveOf", "Current", Period("2020-03")),
    ("en", "[Okafor] was chief executive of {Larkfield} until 2 May 2021.", "chiefExecutiveOf", "Past", Period(None, "2021-05-02")),
    ("en", "[Okafor] was chief executive of {Larkfield} from 2009 to 2018.", "chiefExecutiveOf", "Past", Period("2009", "2018")),
    ("en", "[Okafor] is chief executive of {Larkfield}.", "chiefExecutiveOf", "Current", Period()),
    ("id", "[Budi] mendirikan {Samudra} pada 1999.", "founderOf", "Current", Period("1999")),
    ("id", "[Budi] menjabat direktur utama {Samudra} hingga Mei 2021.", "chiefExecutiveOf", "Past", Period(None, "2021-05")),
    ("zh", "[林晓云]1999年创立{青禾科技}。", "founderOf", "Current", Period("1999")),
    ("zh", "[林晓云]自2020年3月起担任{青禾科技}首席执行官。", "chiefExecutiveOf", "Current", Period("2020-03")),
]


@pytest.mark.parametrize(("language", "text", "predicate", "status", "expected"), PERIODS)
def test_dates_beside_a_claim_are_its_period(language, text, predicate, status, expected, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    parsed = blank(plain, language)
    claim = Claim(0, predicate, 1, Span("a.txt", 0, len(plain)), status=status)
    (filled,) = periods(parsed, (claim,), dates(parsed, ontology), ontology, mentions)
    assert filled.period == expected


def test_the_nearer_claim_gets_the_date(blank, marked, ontology):
    plain, mentions, chains = marked("[Okafor] founded {Larkfield} in 1999, and {Northwind} acquired {*it} in 2016.")
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, len(plain))
    claims = (Claim(0, "founderOf", 1, evidence), Claim(chains["Northwind"], "acquired", 1, evidence))
    found = periods(parsed, claims, dates(parsed, ontology), ontology, mentions)
    assert [c.period.start for c in found] == ["1999", "2016"]
