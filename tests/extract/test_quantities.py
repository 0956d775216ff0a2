import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.dates import Date, dates
from kg.extract.figures import figures
from kg.extract.quantities import _dated, quantities
from kg.model import Claim, Mention, Quantity, Span

FIGURES = [
    (
        "en",
        "Larkfield paid $1.5 billion, A$9 million and 40.5 million euros for 12 percent.",
        ["1500000000 USD", "9000000 AUD", "40500000 EUR", "12 %"],
    ),
    ("id", "Samudra membayar Rp1,5 triliun atau 100 juta dolar AS untuk 35 persen saham.", ["1500000000000 IDR", "100000000 USD", "35 %"]),
    ("zh", "青禾以1.45億英鎊收購，另付人民币3000万，持股56%。", ["145000000 GBP", "30000000 CNY", "56 %"]),
]
WRITTEN = [
    ("id", "Merlion menerima S$ 345 juta dan S $ 12 juta.", ["345000000 SGD", "12000000 SGD"]),
    ("zh", "持有東元10%股權", ["10 %"]),
    ("zh", "1,200万美元，1,500万美元", ["12000000 USD", "15000000 USD"]),
    ("zh", "3亿元、5000万元，2025元旦", ["300000000 CNY", "50000000 CNY"]),
    ("en", "$1,200 million, €2,500bn and 1.250 billion euros", ["1200000000 USD", "2500000000000 EUR", "1250000000 EUR"]),
    ("id", "Rp 1.250 miliar, 1,25 miliar rupiah", ["1250000000000 IDR", "1250000000 IDR"]),
    ("en", "Tern, a sponsor of Euro 2024, won 12 contracts and 12 wonders, not 5 billion won.", ["5000000000 KRW"]),
    ("en", "$1.4-1.6 billion or 5 to 10 percent", ["1400000000 USD", "1600000000 USD", "5 %", "10 %"]),
    ("en", "between $1.4 and $1.6 billion, 5 and 6 million euros", ["1400000000 USD", "1600000000 USD", "6000000 EUR"]),
    ("en", "between 5 and 10 percent of between 90 employees", ["5 %", "10 %", "90 employees"]),
    ("id", "antara 5 dan 10 juta dolar AS", ["5000000 USD", "10000000 USD"]),
    ("id", "Rp 1,5-2 triliun", ["1500000000000 IDR", "2000000000000 IDR"]),
    ("zh", "12.5亿至15亿元", ["1250000000 CNY", "1500000000 CNY"]),
    ("en", "by 5 percentage points to 45%, not 1,200%", ["45 %", "1200 %"]),
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
OWN = [  # text, and the figures of (predicate, object) as claimed of the first name
    ("id", "{Tern} membeli {Skerry}. Valuasinya naik menjadi US$2,65 miliar atau sekitar Rp44 triliun.", {("acquired", "Skerry"): []}),
    ("en", "{Tern} bought {Skerry}, whose annual sales are $4 billion (about €3.7 billion).", {("acquired", "Skerry"): []}),
    (
        "en",
        "{Tern} bought {Skerry} for $4 billion, or about €3.7 billion.",
        {("acquired", "Skerry"): ["4000000000 USD", "3700000000 EUR"]},
    ),
    (
        "en",
        "{Tern} bought {Boltcraft} for $85 million and {Skerry} for $12 million.",
        {("acquired", "Boltcraft"): ["85000000 USD"], ("acquired", "Skerry"): ["12000000 USD"]},
    ),
    (
        "id",
        "{Tern} membeli {Boltcraft} seharga 85 juta dolar dan {Skerry} seharga 12 juta dolar.",
        {("acquired", "Boltcraft"): ["85000000 USD"], ("acquired", "Skerry"): ["12000000 USD"]},
    ),
    (
        "en",
        "{Tern} paid $85 million for {Boltcraft} and $12 million for {Skerry}.",
        {("acquired", "Boltcraft"): ["85000000 USD"], ("acquired", "Skerry"): ["12000000 USD"]},
    ),
    ("en", "{Tern} bought {Boltcraft} and {Skerry} for $12 million.", {("acquired", n): ["12000000 USD"] for n in ("Boltcraft", "Skerry")}),
    ("en", "{Tern}, whose revenue rose 12% to $400 million, acquired {Boltcraft}.", {("acquired", "Boltcraft"): []}),
    ("en", "{Tern}'s stake in {Boltcraft} rose to 45% as its shares fell 3%.", {("investorIn", "Boltcraft"): ["45 %"]}),
    ("en", "{Tern} acquired {Boltcraft}, a firm with annual sales of $4 billion.", {("acquired", "Boltcraft"): []}),
    ("en", "{Tern} put $20 million into {Boltcraft} at a valuation of $180 million.", {("investorIn", "Boltcraft"): ["20000000 USD"]}),
    ("zh", "{Tern}以2亿美元收购{Boltcraft}，其年收入5亿美元。", {("acquired", "Boltcraft"): ["200000000 USD"]}),
    ("en", "{Tern} raised its stake in {Boltcraft} by 5 percentage points to 45%.", {("investorIn", "Boltcraft"): ["45 %"]}),
    (
        "en",
        "{Tern}, which owns 6.5 percent of {Kestrel}, agreed to buy {Skerry} for $2 billion.",
        {("investorIn", "Kestrel"): ["6.5 %"], ("acquired", "Skerry"): ["2000000000 USD"]},
    ),
    (
        "en",
        "{Tern} bought {Boltcraft} and {Skerry} for $85 million and $12 million respectively.",
        {("acquired", "Boltcraft"): ["85000000 USD"], ("acquired", "Skerry"): ["12000000 USD"]},
    ),
    (
        "id",
        "{Tern} menguasai {Boltcraft} dan {Skerry} masing-masing 30 persen dan 45 persen.",
        {("investorIn", "Skerry"): ["45 %"], ("investorIn", "Boltcraft"): ["30 %"]},
    ),
    (
        "zh",
        "{Tern}分别以2亿美元和3亿美元收购{Boltcraft}和{Skerry}。",
        {("acquired", "Boltcraft"): ["200000000 USD"], ("acquired", "Skerry"): ["300000000 USD"]},
    ),
]
WITHIN = [  # text, and the figures of "acquired" and "subsidiaryOf", whose other end is the last name of all
    ("zh", "{星澜科技}以2亿美元收购{云岭资本}旗下{星河物流}51%的股份。", "星河物流", "云岭资本", ["200000000 USD", "51 %"]),
    ("id", "{Tern} membeli 60 persen saham {PT Skerry}, anak usaha {PT Kestrel}.", "PT Skerry", "PT Kestrel", ["60 %"]),
]
CHANGES = [
    ("en", "{Larkfield} will lay off 120 employees."),
    ("en", "{Larkfield} plans to hire 2,500 workers by 2030."),
    ("en", "{Larkfield} closed 4 stores."),
    ("en", "{Larkfield} no longer has 500 employees."),
    ("en", "{Larkfield} will have 500 employees."),
    ("en", "{Larkfield} has laid off 500 employees."),
    ("en", "Tern laid off 2,000 employees of {Larkfield}."),
    ("id", "{Samudra} memberhentikan 450 karyawan."),
    ("id", "{Samudra} tidak memiliki 450 karyawan."),
    ("zh", "{青禾}裁员300人。"),
    ("zh", "{青禾}员工比上年减少200人。"),
    ("zh", "{青禾}董事长等5人出席。"),
    ("zh", "{青禾}将拥有500名员工。"),
]


@pytest.mark.parametrize(("language", "text", "expected"), FIGURES)
def test_a_deal_carries_the_money_and_shares_of_its_sentence(language, text, expected, blank, ontology):
    claim = Claim(0, "acquired", 1, Span("a.txt", 0, len(text)), "Current")
    (filled,), _ = quantities(blank(text, language), (), (claim,), (), ontology)
    assert [f"{q.value} {q.unit}" for q in filled.quantities] == expected


@pytest.mark.parametrize(("language", "text", "expected"), WRITTEN)
def test_figures_are_read_as_their_language_writes_them(language, text, expected, blank, ontology):
    assert [f"{q.value} {q.unit}" for q in figures(text, 0, "a.txt", (ontology, language))] == expected


@pytest.mark.parametrize(("language", "text", "expected"), OWN)
def test_each_deal_carries_its_own_figures(language, text, expected, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    claims = tuple(Claim(0, predicate, chains[other], Span("a.txt", 0, len(plain)), "Current") for predicate, other in expected)
    filled, _ = quantities(blank(plain, language), mentions, claims, (), ontology)
    assert [[f"{q.value} {q.unit}" for q in c.quantities] for c in filled] == list(expected.values())


@pytest.mark.parametrize(("language", "text", "bought", "parent", "expected"), WITHIN)
def test_a_share_bought_is_not_the_parents(language, text, bought, parent, expected, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    place = Span("a.txt", 0, len(plain))
    claims = (
        Claim(0, "acquired", chains[bought], place, "Current"),
        Claim(chains[bought], "subsidiaryOf", chains[parent], place, "Current"),
    )
    (deal, unit), _ = quantities(blank(plain, language), mentions, claims, (), ontology)
    assert ([f"{q.value} {q.unit}" for q in deal.quantities], unit.quantities) == (expected, ())


def test_each_owner_has_the_share_in_its_brackets(blank, marked, ontology):
    plain, mentions, chains = marked("{Boltcraft} is owned by {Tern} (60%) and {Skerry} (40%).")
    claims = tuple(Claim(chains[n], "investorIn", chains["Boltcraft"], Span("a.txt", 0, len(plain)), "Current") for n in ("Tern", "Skerry"))
    filled, _ = quantities(blank(plain, "en"), mentions, claims, (), ontology)
    assert [[q.value for q in c.quantities] for c in filled] == [["60"], ["40"]]


def test_a_figure_is_of_the_deal_whose_subject_its_sentence_names(blank, marked, ontology):
    plain, mentions, chains = marked("{Tern} bought 10% of {Boltcraft}. {Skerry} sold its shares in {Boltcraft}.")
    claims = tuple(Claim(chains[n], "investorIn", chains["Boltcraft"], Span("a.txt", 0, len(plain)), "Current") for n in ("Tern", "Skerry"))
    filled, _ = quantities(blank(plain, "en"), mentions, claims, (), ontology)
    assert [[q.value for q in c.quantities] for c in filled] == [["10"], []]


@pytest.mark.parametrize(("language", "text"), CHANGES)
def test_changes_plans_and_negations_are_no_counts(language, text, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    assert quantities(blank(plain, language), mentions, (), (), ontology)[1] == ()


@pytest.mark.parametrize(("language", "text", "expected"), COUNTS)
def test_a_count_belongs_to_the_name_before_it(language, text, expected, blank, ontology):
    name = text.split()[0] if language != "zh" else text[:2]
    mention = Mention(Span("a.txt", 0, len(name)), name, "Organization", language, 7)
    parsed = blank(text, language)
    _, counts = quantities(parsed, (mention,), (), dates(parsed, ontology), ontology)
    assert [(owner, f"{q.value} {q.unit}", q.date) for owner, q in counts] == [(7, *expected)]


OWNED = [
    ("en", "{Merlion}, which competes with {Tidewater}, has 5,600 employees.", "5600 employees", "Merlion", None),
    ("en", "{Acmeon}, a unit of {Bexley}, employs 700 people.", "700 people", "Acmeon", None),
    ("en", "{Acmeon} (a unit of {Bexley}) employs 1950 people.", "1950 people", "Acmeon", None),
    ("en", "{Acmeon} bought {Bexley} and now has 700 employees.", "700 employees", "Acmeon", None),
    ("en", "{Acmeon} competes with {Bexley}, which has 700 employees.", "700 employees", "Bexley", None),
    ("en", "{Acmeon}'s 700 employees were there.", "700 employees", "Acmeon", None),
    ("en", "{Acmeon}, with about 700 employees, is small.", "700 employees", "Acmeon", None),
    ("id", "{PT Laut Biru}, anak usaha {PT Sinar Pagi}, mempekerjakan 700 karyawan.", "700 karyawan", "PT Laut Biru", None),
    ("zh", "{青禾}，{云岭}旗下公司，目前有700名员工。", "700 名员工", "青禾", None),
    ("en", "{Tern} says: More than 90,000 <Kestrel>-based derivative models exist.", "90000 derivative models", "Kestrel", None),
    ("en", "- February 2031: Developers made 90,000 models out of <Kestrel> at {Tern}.", "90000 models", "Kestrel", "2031-02"),
    ("en", "All 2,000 employees of {Larkfield} were there.", "2000 employees", "Larkfield", None),
    ("id", "Ada 2.000 karyawan {Samudra} yang hadir.", "2000 karyawan", "Samudra", None),
]


@pytest.mark.parametrize(("language", "text", "expected", "owner", "date"), OWNED)
def test_a_count_belongs_to_the_name_within_it_right_behind_or_said_to_have_it(
    language, text, expected, owner, date, blank, marked, ontology
):
    plain, mentions, chains = marked(text)
    parsed = blank(plain, language)
    ((found, q),) = quantities(parsed, mentions, (), dates(parsed, ontology), ontology)[1]
    assert (found, f"{q.value} {q.unit}", q.date) == (chains[owner], expected, date)


def test_a_count_told_to_a_newspaper_is_not_of_it(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor], a partner at {Larkfield}, told the {Velia Times} that only 100 people know.")
    assert quantities(blank(plain, "en"), mentions, (), (), ontology)[1] == ()


@given(
    st.integers(1, 10**14),
    st.sampled_from([("en", ",", " has ", "employees"), ("id", ".", " punya ", "karyawan"), ("zh", ",", "有", "名员工")]),
)
def test_whole_numbers_are_read_as_written(blank, ontology, number, written):
    language, mark, verb, noun = written
    text = f"Tern{verb}{number:,} {noun}".replace(",", mark)
    mention = Mention(Span("a.txt", 0, 4), "Tern", "Organization", language, 7)
    ((_, found),) = quantities(blank(text, language), (mention,), (), (), ontology)[1]
    assert (found.value, text[found.span.start : found.span.end]) == (str(number), text[4 + len(verb) :])


@pytest.mark.parametrize(
    ("text", "expected"), [("12.345 percent", ["12.345"]), ("0.5%", ["0.5"]), ("33 1/3 percent", []), ("100%", ["100"])]
)
def test_a_share_has_decimals(text, expected, blank, ontology):
    claim = Claim(0, "investorIn", 1, Span("a.txt", 0, len(text)), "Current")
    ((found,), _) = quantities(blank(text, "en"), (), (claim,), (), ontology)
    assert [q.value for q in found.quantities] == expected


def test_an_office_has_no_price(blank, ontology):
    text = "Okafor, CEO of Larkfield, paid $5 million."
    claim = Claim(0, "chiefExecutiveOf", 1, Span("a.txt", 0, len(text)), "Current")
    assert quantities(blank(text, "en"), (), (claim,), (), ontology)[0] == (claim,)


COUNTED = [
    ("{Larkfield} has more than 90,000 derivative models as of February 2025.", ["90000 derivative models 2025-02"]),
    ("As of 31 March 2024, {Larkfield} employed 12.5 thousand people.", ["12500 people 2024-03-31"]),
    ("{Merlion}, which competes with {Tidewater}, has 5,600 employees.", ["5600 employees None"]),
    ("All 2,000 employees of {Larkfield} were there.", ["2000 employees None"]),
    ("{Larkfield} closed 4 stores.", []),
]
LINES = [(text, deals, []) for language, text, deals in OWN if language == "en"] + [(text, {}, counts) for text, counts in COUNTED]


@given(st.lists(st.sampled_from(LINES), max_size=6))
@settings(deadline=None)
def test_a_line_among_others_tells_what_it_tells_alone(blank, marked, ontology, lines):
    plain, mentions, chains = marked("\n".join(text for text, *_ in lines))
    claims, start = [], 0
    for line, (_, deals, _) in zip(plain.split("\n"), lines, strict=False):
        claims += [
            Claim(chains["Tern"], relation, chains[other], Span("a.txt", start, start + len(line)), "Current") for relation, other in deals
        ]
        start += len(line) + 1
    parsed = blank(plain, "en")
    filled, counted = quantities(parsed, mentions, claims, dates(parsed, ontology), ontology)
    assert [[f"{q.value} {q.unit}" for q in c.quantities] for c in filled] == [told for _, deals, _ in lines for told in deals.values()]
    told = sorted((q for _, q in counted), key=lambda q: q.span)
    assert [f"{q.value} {q.unit} {q.date}" for q in told] == [told for *_, counts in lines for told in counts]


@given(st.sets(st.integers(0, 30), max_size=8), st.integers(0, 30))
def test_of_the_dates_that_figures_are_of_the_nearest_counts_and_of_two_the_first(places, start):
    telling = [Date(Span("a.txt", n, n + 4), str(2000 + n)) for n in sorted(places)]
    figure = Quantity("count", "1", "x", Span("a.txt", start, start + 1))
    assert _dated(figure, telling).date == min((d.value for d in telling), key=lambda v: abs(int(v) - 2000 - start), default=None)


def test_twice_as_many_figures_dates_claims_and_names_take_twice_the_work(blank, marked, ontology, steps):
    work = []
    for size in (40, 80):
        line = "On 3 March 2021 {Tern} bought {Boltcraft} for $85 million, and {Tern} had 120 employees as of May 2020.\n"
        plain, mentions, _ = marked(line * size)
        parsed, length = blank(plain, "en"), len(plain) // size
        claims = [Claim(0, "acquired", 1, Span("a.txt", n * length, (n + 1) * length - 1), "Current") for n in range(size)]
        days = dates(parsed, ontology)
        filled, counts = quantities(parsed, mentions, claims, days, ontology)
        assert [len(filled[0].quantities), len(days), len(counts)] == [1, 2 * size, size]
        work.append(steps(lambda p=parsed, m=mentions, c=claims, d=days: quantities(p, m, c, d, ontology)))
    assert work[1] <= 2.5 * work[0]
