"""Texts marked by hand are read as they are meant, and mistakes in them are told with their line."""

from pathlib import Path

import pytest

from kg.errors import TrainingError
from kg.training.written import DOCUMENTS, written_texts

GOOD = """# en-x-1 | published=2031-04
[P1:Ida Falk] leads [O1:Borealis].
  P1 chiefExecutiveOf O1 | title=leads | start=2031

[P1~She] said: “We will sell no more of it.”
  P1 says
[O1:Borealis] makes [G1:Borealis Tea].
  G1 releasedBy O1 | status=past | optional
# en-x-2
Nothing happened.
"""


def read(tmp_path: Path, text: str, name: str = "en-x.txt") -> list:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return written_texts(tmp_path)


def test_marks_become_mentions_and_lines_become_facts(tmp_path: Path) -> None:
    first, second = read(tmp_path, GOOD)
    found = first.extraction
    text = found.document.text
    assert text == "Ida Falk leads Borealis.\n\nShe said: “We will sell no more of it.” Borealis makes Borealis Tea."
    assert found.document.issued == "2031-04"
    assert [(m.text, m.type, m.chain, m.nominal) for m in found.mentions] == [
        ("Ida Falk", "Person", 0, False),
        ("Borealis", "Organization", 1, False),
        ("She", "Person", 0, True),
        ("Borealis", "Organization", 1, False),
        ("Borealis Tea", "Product", 2, False),
    ]
    assert all(text[m.span.start : m.span.end] == m.text for m in found.mentions)
    lead, made = found.claims
    assert (lead.subject, lead.predicate, lead.object, lead.status, lead.title, lead.period.start) == (
        0, "chiefExecutiveOf", 1, "Current", "leads", "2031",
    )  # fmt: skip
    assert text[lead.evidence.start : lead.evidence.end] == "Ida Falk leads Borealis."
    assert made.status == "Past" and first.arguable_claims == {1}
    assert [(u.speaker, u.text) for u in found.utterances] == [(0, "We will sell no more of it.")]
    assert not second.extraction.mentions and second.extraction.document.issued is None


def test_chinese_lines_are_joined_with_nothing(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "# zh-x-1\n[O1:青溪]来了。\n[O1~公司]很小。\n", "zh-x.txt")
    assert found.extraction.document.text == "青溪来了。公司很小。" and found.extraction.document.language == "zh"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[P2~He] left.", "en-x.txt:10: P2 is never named"),
        ("Only [sic] brackets.", "en-x.txt:11: a bracket"),
        ("Ida Falk came.\n[P1:Ida Falk] left.", "'Ida Falk' is not marked"),
        ("[P1:Ida] left.\n  P1 chairOf P1", "en-x.txt:12: P1 and P1 cannot stand in chairOf"),
        ("[P1:Ida] left.\n  P1 knows P1", "no relation knows"),
        ("[P1:Ida] left.\n  P1 chairOf O1", "O1 is not marked in the text so far"),
        ("[P1:Ida] left [O1:Sol].\n  P1 chairOf O1 | title=chair", "the title 'chair' does not stand in the line"),
        ("[P1:Ida] left [O1:Sol].\n  P1 chairOf O1 | status=gone", "unknown or wrong: status=gone"),
        ("[P1:Ida] left [O1:Sol].\n  P1 chairOf O1 | end=May", "unknown or wrong: end=May"),
        ("[P1:Ida] left.\n  P1 says", "no quotation"),
        ("  P1 says", "a fact such as"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(TrainingError) as error:
        read(tmp_path, "# en-x-0\nA.\nB.\nC.\nD.\nE.\nF.\nG.\nH.\n# en-x-1\n" + line + "\n")
    assert told in str(error.value)


def test_the_texts_that_come_with_kg_are_right() -> None:
    texts = written_texts(DOCUMENTS)
    assert len({a.extraction.document.identifier for a in texts}) == len(texts) > 0
    assert {a.extraction.document.language for a in texts} == {"en", "id", "zh"}
