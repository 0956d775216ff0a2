from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract.datelines import _by_line
from kg.extract.datelines import dateline as own
from kg.extract.dates import dateline, dates, happening
from kg.extract.datewords import Written, written

ABSOLUTE = [
    ("en", "on 10 September 2023", ["2023-09-10"]),
    ("en", "on the 10th of September, 2023", ["2023-09-10"]),
    ("en", "Sept. 10, 2023.", ["2023-09-10"]),
    ("en", "September 2023 and Oct. 2024", ["2023-09", "2024-10"]),
    ("en", "2023-09-10, 2023/09/11", ["2023-09-10", "2023-09-11"]),
    ("en", "10/9/2023 says little, 25/9/2023 and 9/25/2023 say more, so does 9/9/2023", ["2023-09-25", "2023-09-25", "2023-09-09"]),
    ("en", "in early 2024, the third quarter of 2023, 2015-2020, (2009–2018)", ["2024", "2023", "2015", "2020", "2009", "2018"]),
    ("en", "14–15 November 2024", ["2024-11-14", "2024-11-15"]),
    ("en", "30 February 2023", []),
    ("en", "It may march on; 2,000 people paid $2023 for 2023% more.", []),
    ("en", "in 2016; three years later; the following year", ["2016", "2019", "2020"]),
    ("id", "Rabu (22 Januari 2020)", ["2020-01-22"]),
    ("id", "Senin (12/4/2021), 5 Nopember 2019", ["2021-04-12", "2019-11-05"]),
    ("id", "sejak Agustus 2022 hingga 2024", ["2022-08", "2024"]),
    ("id", "pada 2016, dua tahun kemudian", ["2016", "2018"]),
    ("zh", "2023年9月10日、2023年9月、2023年", ["2023-09-10", "2023-09", "2023"]),
    ("zh", "二〇二三年九月十日，民國113年1月1日", ["2023-09-10", "2024-01-01"]),
    ("zh", "2017年6月辞职，同年8月上任，次年离开，三年后归来", ["2017-06", "2017-08", "2018", "2021"]),
    ("zh", "2015-2020年，2026年3月底", ["2015", "2020", "2026-03"]),
    ("zh", "2016年创立，两年后上市，目前年产三万", ["2016", "2018"]),
]

NO_YEARS = [
    ("en", "employs 2000 people, 1850 drivers and 1999 vans; had 1950 new full-time workers", []),
    ("en", "certified to ISO 2022 at 1900 GMT", []),
    ("en", "In 2019 people left; since 2020 users come; the 2023 results", ["2019", "2020", "2023"]),
    ("id", "mempekerjakan 1950 karyawan; sejak 2020 karyawan; pada tahun 2019 pelanggan", ["2020", "2019"]),
]

RELATIVE = [
    ("en", "on Tuesday; on Wednesday; yesterday; last month; last year", ["2024-03-12", "2024-03-13", "2024-03-12", "2024-02", "2023"]),
    ("en", "in March last year; last October; in November; on April 2", ["2023-03", "2023-10", "2023-11", "2024-04-02"]),
    ("en", "two years ago; next year; next June", ["2022", "2025", "2024-06"]),
    (
        "id",
        "kemarin; Senin; bulan lalu; tahun depan; Oktober lalu; dua tahun lalu",
        ["2024-03-12", "2024-03-11", "2024-02", "2025", "2023-10", "2022"],
    ),
    (
        "zh",
        "昨日；去年3月；今年；上月；3月10日；明年三月；周一",
        ["2024-03-12", "2023-03", "2024", "2024-02", "2024-03-10", "2025-03", "2024-03-11"],
    ),
]

COUNTED = [
    (
        "en",
        "three months ago; several years ago; twenty-five years ago; a year ago; the year before last",
        ["2026-04", "2001", "2025", "2024"],
    ),
    ("id", "tiga bulan lalu; dua bulan yang lalu; beberapa bulan lalu", ["2026-04", "2026-05"]),
    ("id", "puluhan tahun lalu; beberapa tahun lalu; dua ratus tahun lalu; dua puluh lima tahun lalu", ["2001"]),
    ("zh", "两年前，前年，两个月前，几年前，数十年前，二十五年前，大前年", ["2024", "2024", "2026-05", "2001"]),
]

WEEKDAYS = [  # written on a Wednesday
    ("zh", "下周一，上周二，本周五，周一", ["2026-07-27", "2026-07-14", "2026-07-24", "2026-07-20"]),
    ("id", "Senin pekan depan, Kamis pekan lalu, Rabu lalu, Kamis", ["2026-07-27", "2026-07-16", "2026-07-15", "2026-07-16"]),
    ("id", "Minggu lalu ia pergi, pada Minggu lalu.", ["2026-07-19"]),
    (
        "en",
        "last Wednesday, Monday last week, next Wednesday, Friday of next week, this Friday",
        ["2026-07-15", "2026-07-13", "2026-07-29", "2026-07-31", "2026-07-24"],
    ),
    ("en", "The deal closes on Friday. The board will meet on Thursday.", ["2026-07-24", "2026-07-23"]),
    ("en", "On Friday, Tinfield will vote. It said it would announce on Thursday.", ["2026-07-24", "2026-07-23"]),
    ("en", "Tinfield said on Monday it will buy Skerry. It will buy Skerry, it said on Friday.", ["2026-07-20", "2026-07-17"]),
    ("en", "On Monday Tinfield agreed it would go. Skerry, bought on Friday, will move.", ["2026-07-20", "2026-07-17"]),
    ("id", "Rapat akan digelar pada Jumat. Ia mengatakan pada Jumat, harga akan naik.", ["2026-07-24", "2026-07-17"]),
    ("zh", "星澜科技周五将开会。星澜科技周五表示将收购。", ["2026-07-24", "2026-07-17"]),
]

NEAREST = [
    ("en", "LONDON, 5 January 2026 - Feld resigned as its head on 12 December.", ["2026-01-05", "2025-12-12"]),
    ("id", "LONDON, 5 Januari 2026 - Feld mundur pada 12 Desember.", ["2026-01-05", "2025-12-12"]),
    ("zh", "伦敦，2026年1月5日 – 费尔德12月20日辞职。", ["2026-01-05", "2025-12-20"]),
    ("en", "20 December 2026 - The plant would start on 5 January.", ["2026-12-20", "2027-01-05"]),
]

DATELINES = [
    ("en", "Larkfield names Okafor\n\nBENIN CITY, 12 March 2024 – Larkfield Motors said so.", "2024-03-12"),
    ("en", "Larkfield names Okafor\nPublished: March 12, 2024 by Ada Obi\n\nIn 2020 all was well.", "2024-03-12"),
    ("en", "Larkfield Motors said on 12 March 2024 that it was well. It went on.", None),
    ("id", "Budi Jadi Dirut\n\nSEMARANG, 12 Maret 2024 - PT Samudra Biru berganti pimpinan.", "2024-03-12"),
    ("zh", "青禾科技换帅\n2024年3月12日 记者 林晓云\n\n青禾科技宣布换帅。", "2024-03-12"),
    ("zh", "本报杭州2024年3月12日电（记者林晓云）青禾科技宣布换帅。", "2024-03-12"),
    ("en", "Orbita to open Jakarta hub by 1 July 2027\n\nROTTERDAM, 12 May 2026 – Orbita said so.", "2026-05-12"),
    ("en", "Orbita To Open Jakarta Hub By 1 July 2027\n\nOrbita said so.", None),
    ("id", "Orbita buka pusat di Jakarta pada 1 Juli 2027\n\nROTTERDAM, 12 Mei 2026 – Kata Orbita.", "2026-05-12"),
    ("zh", "星澜科技将于2027年7月1日启用雅加达中心\n\n鹿特丹，2026年5月12日 – 星澜科技宣布。", "2026-05-12"),
    ("zh", "2027年7月1日，星澜科技启用新厂\n\n正文。", None),
    ("en", "Orbita Hub, 1 July 2027\n\nROTTERDAM, 12 May 2026 – Orbita said so.", "2026-05-12"),
    ("en", "All is well.\n\nMarcus Feld will step down on 30 September 2027.\n\nMore follows.", None),
    ("id", "PT Laut Biru didirikan di Medan pada 3 Mei 2011.", None),
    ("en", "Tinfield makes boats.\n\nFounded: 3 May 2011", None),
    ("zh", "星澜科技造船。\n\n成立日期：2011年5月3日", None),
    ("en", "Tinfield was founded on 3 May 2011 – long before Skerry.", None),
    ("zh", "公司成立于2011年5月3日——远早于同行。", None),
    ("en", "3 May 2011: Tinfield is founded\n4 June 2012 – It grows", None),
    ("en", "Photo: Tinfield, 3 May 2011", None),
    ("en", "12 May 2026 - Tinfield said so.", "2026-05-12"),
    ("en", "Rio de Janeiro, 12 May 2026 (Finwire) -- Tinfield said so.", "2026-05-12"),
    ("en", "Tinfield grows\nPublished on 12 March 2024 at 10:30 am\n\nIt grew.", "2024-03-12"),
    ("id", "Tinfield tumbuh\nOleh Siti Rahma | Selasa, 12 Mei 2026 | 10:30 WIB", "2026-05-12"),
    ("id", "Jakarta, Senin (12/5/2026) – PT Laut Biru tumbuh.", "2026-05-12"),
    ("zh", "北京2026年5月12日 /美通社/ -- 星澜科技宣布。", "2026-05-12"),
    ("zh", "青禾科技换帅\n来源：青禾日报 2024年3月12日 10:30", "2024-03-12"),
    ("zh", "青禾科技换帅\n\n2024年3月12日，青禾科技董事长林晓云表示，公司将扩产。", "2024-03-12"),
    ("zh", "2024年3月12日，青禾科技去年任命林晓云为董事长。", "2024-03-12"),
    ("zh", "2024年3月12日，青禾科技宣布任命林晓云为董事长。", "2024-03-12"),
    # what begins with an event, or long ago
    ("zh", "2024年3月12日，青禾科技收购北山食品。公司称价格合理。", None),
    ("zh", "2012年3月12日，林晓云表示，她要创业。2013年，青禾科技成立。", None),
]

OPENINGS = [
    ("2024年3月12日，青禾科技董事长林晓云表示，公司将扩产。", []),
    ("3月12日，青禾科技董事长林晓云说：“我们将扩产。”", []),
    ("2024年3月12日，青禾科技去年任命林晓云为董事长。", ["2023"]),
    ("2024年3月12日，青禾科技宣布，林晓云自2024年4月1日起任董事长。", ["2024-04-01"]),
    # that of an event is its date
    ("2024年3月12日，青禾科技宣布林晓云任董事长。", ["2024-03-12"]),
    ("2024年3月12日，青禾科技收购北山食品。公司表示，价格合理。", ["2024-03-12"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), ABSOLUTE)
def test_dates_keep_the_precision_stated(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language), ontology)] == expected


@pytest.mark.parametrize(("language", "text", "expected"), NO_YEARS)
def test_four_digits_may_count_or_number(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language), ontology)] == expected


@pytest.mark.parametrize(("language", "text", "expected"), COUNTED)
def test_what_is_counted_back_needs_a_number(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language, issued="2026-07-20"), ontology)] == expected


@pytest.mark.parametrize(("language", "text", "expected"), WEEKDAYS)
def test_a_weekday_is_the_last_one_unless_the_text_says_which(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language, issued="2026-07-22"), ontology)] == expected


@pytest.mark.parametrize(("language", "text", "expected"), NEAREST)
def test_a_dateline_gives_the_months_of_its_sentence_the_nearest_year(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language), ontology)] == expected


@pytest.mark.parametrize(("language", "text", "expected"), RELATIVE)
def test_relative_dates_need_a_document_that_fixes_them(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language, issued="2024-03-13"), ontology)] == expected
    assert dates(blank(text, language), ontology) == ()


@pytest.mark.parametrize(("language", "text", "expected"), DATELINES)
def test_a_dateline_dates_the_document(language, text, expected, blank, ontology):
    assert dateline(blank(text, language), ontology) == expected


@pytest.mark.parametrize(("text", "expected"), OPENINGS)
def test_the_day_on_which_something_is_said_dates_no_event(text, expected, blank, ontology):
    parsed = blank(text, "zh")
    assert [d.value for d in happening(dates(parsed, ontology), parsed, ontology)] == expected


def test_a_full_date_fixes_the_year_of_the_others(blank, ontology):
    found = dates(blank("Okafor left on 2 May. Obi joined on 3 June 2021.", "en"), ontology)
    assert [d.value for d in found] == ["2021-05-02", "2021-06-03"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "陆知远1971年3月5日出生。4月8日，他就任总裁。", ["1971-03-05"]),
        ("zh", "公司成立于2005年3月1日。4月8日，他就任总裁。", ["2005-03-01"]),
        ("zh", "2005年3月1日，他入职。4月8日，他就任总裁。", ["2005-03-01", "2005-04-08"]),
        ("en", "Okafor was born on 5 March 1971 in Lagos. She took over on 8 April.", ["1971-03-05"]),
        ("en", "Founded on 1 May 2005. Okafor came on 3 June 2021, left on 2 July.", ["2005-05-01", "2021-06-03", "2021-07-02"]),
        ("id", "Budi lahir pada 5 Maret 1971. Ia menjabat pada 8 April.", ["1971-03-05"]),
    ],
)  # fmt: skip
def test_a_day_of_birth_or_founding_fixes_no_year(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language), ontology)] == expected


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["12", "May", " ", "2023", "年", "3月", "日", "last year", ",", "Senin", "(", "/", "-"]), max_size=12))
def test_spans_slice_back_and_do_not_overlap(blank, ontology, pieces):
    text = "".join(pieces)
    found = dates(blank(text, "en", issued="2024-03-13"), ontology)
    assert all(0 <= d.span.start < d.span.end <= len(text) for d in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.text(alphabet="a \n", max_size=20), st.lists(st.integers(0, 20), max_size=6))
def test_dates_are_sorted_by_the_line_in_which_they_begin(text, starts):
    found = [Written(n, n + 1) for n in starts]
    ends = [n for n, c in enumerate(text) if c == "\n"]
    lines = [(a, b) for a, b in zip([0, *(n + 1 for n in ends)], [*ends, len(text)], strict=True) if text[a:b].strip()]
    assert _by_line(text, found) == {(a, b): [w for w in found if a <= w.start < b] for a, b in lines}


def test_twice_as_many_lines_and_dates_take_twice_the_work(ontology, steps):
    work = []
    for size in (100, 200):
        text = "".join(f"It opened on {1 + n % 28} March 2021.\n" for n in range(size))
        found = written(text, "en", ontology)
        assert len(found) == size
        work.append(steps(lambda text=text, found=found: own(text, found, ontology)))
    assert work[1] <= 2.5 * work[0]
