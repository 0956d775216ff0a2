import pytest

from kg.extract.titles import bare, offices

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
    ("zh", "新媒体总监", "新媒体总监"),
    ("zh", "现场经理", "现场经理"),
]


@pytest.mark.parametrize(("language", "title", "expected"), BARE)
def test_a_title_is_bared_of_words_that_are_no_part_of_it(language, title, expected, ontology):
    assert bare(title, offices(ontology, language)) == expected
