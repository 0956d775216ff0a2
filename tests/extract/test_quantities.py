import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import dates
from kg.extract.quantities import quantities
from kg.model import Claim, Mention, Span

FIGURES = [
    (
        "en",
        "Larkfield paid $1.5 billion, A$9 million and 40.5 million euros for 12 percent.",
        ["1500000000 USD", "9000000 AUD", "40500000 EUR", "12 %"],
    ),
    ("id", "Samudra membayar Rp1,5 triliun atau 100 juta dolar AS untuk 35 persen saham.", ["1500000000000 IDR", "100000000 USD", "35 %"]),
    ("zh", "青禾以1.45億英鎊收購，另付人民币3000万，持股56%。", ["145000000 GBP", "30000000 CNY", "56 %"]),
]
COUNTS = [
    ("en", "Larkfield has more than 90,000 derivative models.", ("90000 derivative models", None)),
    ("en", "Larkfield has more than 90,000 derivative models as of February 2025.", ("90000 derivative models", "2025-02")),
    ("en", "As of 31 March 2024, Larkfield employed 12.5 thousand people.", ("12500 people", "2024-03-31")),
    ("id", "Samudra mempekerjakan 2.000 karyawan.", ("2000 karyawan", None)),
    ("id", "Samudra mengoperasikan 1,2 juta gerai per Desember 2024.", ("1200000 gerai", "2024-12")),
    ("zh", "青禾有2000名员工。", ("2000 名员工", None)),
    ("zh", "截至2024年底，青禾有3万名员工。", ("30000 名员工", "2024")),
]


@pytest.mark.parametrize(("language", "text", "expected"), FIGURES)
def test_a_deal_carries_the_money_and_shares_of_its_sentence(language, text, expected, blank, ontology):
    claim = Claim(0, "acquired", 1, Span("a.txt", 0, len(text)))
    (filled,), _ = quantities(blank(text, language), (), (claim,), (), ontology)
    assert [f"{q.value} {q.unit}" for q in filled.quantities] == expected


@pytest.mark.parametrize(("language", "text", "expected"), COUNTS)
def test_a_count_belongs_to_the_name_before_it(language, text, expected, blank, ontology):
    name = text.split()[0] if language != "zh" else text[:2]
    mention = Mention(Span("a.txt", 0, len(name)), name, "Organization", language, 7)
    parsed = blank(text, language)
    _, counts = quantities(parsed, (mention,), (), dates(parsed, ontology), ontology)
    assert [(owner, f"{q.value} {q.unit}", q.date) for owner, q in counts] == [(7, *expected)]


OWNED = [
    ("en", "{Tern} says: More than 90,000 <Kestrel>-based derivative models exist.", "90000 derivative models", "Kestrel", None),
    ("en", "- February 2031: Developers made 90,000 models out of <Kestrel> at {Tern}.", "90000 models", "Kestrel", "2031-02"),
    ("en", "All 2,000 employees of {Larkfield} were there.", "2000 employees", "Larkfield", None),
    ("id", "Ada 2.000 karyawan {Samudra} yang hadir.", "2000 karyawan", "Samudra", None),
]


@pytest.mark.parametrize(("language", "text", "expected", "owner", "date"), OWNED)
def test_a_count_belongs_to_the_name_within_it_or_right_behind(language, text, expected, owner, date, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    parsed = blank(plain, language)
    ((found, q),) = quantities(parsed, mentions, (), dates(parsed, ontology), ontology)[1]
    assert (found, f"{q.value} {q.unit}", q.date) == (chains[owner], expected, date)


def test_a_count_told_to_a_newspaper_is_not_of_it(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor], a partner at {Larkfield}, told the {Velia Times} that only 100 people know.")
    assert quantities(blank(plain, "en"), mentions, (), (), ontology)[1] == ()


@given(st.integers(1, 10**14), st.sampled_from([("en", ",", "employees"), ("id", ".", "karyawan"), ("zh", ",", "名员工")]))
def test_whole_numbers_are_read_as_written(blank, ontology, number, written):
    language, mark, noun = written
    text = f"Tern {number:,} {noun}".replace(",", mark)
    mention = Mention(Span("a.txt", 0, 4), "Tern", "Organization", language, 7)
    ((_, found),) = quantities(blank(text, language), (mention,), (), (), ontology)[1]
    assert (found.value, text[found.span.start : found.span.end]) == (str(number), text[5:])


@pytest.mark.parametrize(
    ("text", "expected"), [("12.345 percent", ["12.345"]), ("0.5%", ["0.5"]), ("33 1/3 percent", []), ("100%", ["100"])]
)
def test_a_share_has_decimals(text, expected, blank, ontology):
    claim = Claim(0, "investorIn", 1, Span("a.txt", 0, len(text)))
    ((found,), _) = quantities(blank(text, "en"), (), (claim,), (), ontology)
    assert [q.value for q in found.quantities] == expected


def test_an_office_has_no_price(blank, ontology):
    text = "Okafor, CEO of Larkfield, paid $5 million."
    claim = Claim(0, "chiefExecutiveOf", 1, Span("a.txt", 0, len(text)))
    assert quantities(blank(text, "en"), (), (claim,), (), ontology)[0] == (claim,)
