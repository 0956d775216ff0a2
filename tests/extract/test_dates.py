from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract.dates import dateline, dates

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

DATELINES = [
    ("en", "Larkfield names Okafor\n\nBENIN CITY, 12 March 2024 – Larkfield Motors said so.", "2024-03-12"),
    ("en", "Larkfield names Okafor\nPublished: March 12, 2024 by Ada Obi\n\nIn 2020 all was well.", "2024-03-12"),
    ("en", "Larkfield Motors said on 12 March 2024 that it was well. It went on.", None),
    ("id", "Budi Jadi Dirut\n\nSEMARANG, 12 Maret 2024 - PT Samudra Biru berganti pimpinan.", "2024-03-12"),
    ("zh", "青禾科技换帅\n2024年3月12日 记者 林晓云\n\n青禾科技宣布换帅。", "2024-03-12"),
    ("zh", "本报杭州2024年3月12日电（记者林晓云）青禾科技宣布换帅。", "2024-03-12"),
]


@pytest.mark.parametrize(("language", "text", "expected"), ABSOLUTE)
def test_dates_keep_the_precision_stated(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language), ontology)] == expected


@pytest.mark.parametrize(("language", "text", "expected"), RELATIVE)
def test_relative_dates_need_a_document_that_fixes_them(language, text, expected, blank, ontology):
    assert [d.value for d in dates(blank(text, language, issued="2024-03-13"), ontology)] == expected
    assert dates(blank(text, language), ontology) == ()


@pytest.mark.parametrize(("language", "text", "expected"), DATELINES)
def test_a_dateline_dates_the_document(language, text, expected, blank, ontology):
    assert dateline(blank(text, language), ontology) == expected


def test_a_full_date_fixes_the_year_of_the_others(blank, ontology):
    found = dates(blank("Okafor left on 2 May. Obi joined on 3 June 2021.", "en"), ontology)
    assert [d.value for d in found] == ["2021-05-02", "2021-06-03"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["12", "May", " ", "2023", "年", "3月", "日", "last year", ",", "Senin", "(", "/", "-"]), max_size=12))
def test_spans_slice_back_and_do_not_overlap(blank, ontology, pieces):
    text = "".join(pieces)
    found = dates(blank(text, "en", issued="2024-03-13"), ontology)
    assert all(0 <= d.span.start < d.span.end <= len(text) for d in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
