import pytest

from kg.extract.titles import bare, offices, split

BARE = [
    ("en", "now chief executive", "chief executive"),
    ("en", "its new chairman", "chairman"),
    ("en", "own chairman", "chairman"),
    ("en", "also chair", "chair"),
    ("en", "currently CFO", "CFO"),
    ("en", "member of the", "member"),
    ("en", "managing director for the", "managing director"),
    ("en", "New Markets Director", "New Markets Director"),
    ("en", "head of new business", "head of new business"),
    ("en", "the", "the"),
    ("id", "juga direktur utama", "direktur utama"),
    ("id", "direktur utama", "direktur utama"),
    ("zh", "新任总裁", "总裁"),
    ("zh", "由現任總經理", "總經理"),
    ("zh", "新媒体总监", "新媒体总监"),
    ("zh", "现场经理", "现场经理"),
    ("zh", "只保留董事长", "董事长"),
    ("zh", "法定代表人为", "法定代表人"),
    ("zh", "财务总监职责", "财务总监"),
]

HELD = [
    ("en", "deputy chairman", ["holdsPositionAt"]),
    ("en", "honorary chairman", ["holdsPositionAt"]),
    ("en", "honorary chairman and chief executive", ["holdsPositionAt", "chiefExecutiveOf"]),
    ("id", "komisaris utama", ["chairOf"]),
    ("id", "komisaris utama kehormatan", ["holdsPositionAt"]),
    ("zh", "董事长", ["chairOf"]),
    ("zh", "名誉董事长", ["holdsPositionAt"]),
    ("zh", "榮譽主席", ["holdsPositionAt"]),
]


@pytest.mark.parametrize(("language", "title", "expected"), BARE)
def test_a_title_is_bared_of_words_that_are_no_part_of_it(language, title, expected, ontology):
    assert bare(title, offices(ontology, language)) == expected


@pytest.mark.parametrize(("language", "title", "expected"), HELD)
def test_the_office_of_a_deputy_or_in_name_only_is_another_one(language, title, expected, ontology):
    assert [relation for _, relation in split(title, offices(ontology, language))] == expected
