"""Who is denied to have left a post holds it still."""

import pytest

from kg import parse
from kg.extract import extract
from kg.model import Document
from kg.ontology import load


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("en", "Hallam Steel denied that Ruth Baines had resigned as chief executive.", "Current"),
        ("en", "Hallam Steel denied it had fired chief executive Ruth Baines.", "Current"),
        ("en", "Ruth Baines denied that she had resigned as chief executive of Hallam Steel.", "Current"),
        ("en", "Ruth Baines denied she was leaving Hallam Steel, where she is chief executive.", "Current"),
        ("id", "Nusa Semen membantah kabar bahwa Eko Prasetyo mundur dari jabatan direktur utama.", "Current"),
        ("id", "Eko Prasetyo membantah mundur sebagai direktur utama Nusa Semen.", "Current"),
        ("zh", "哈勒姆钢铁否认王伟已辞去首席执行官职务。", "Current"),
        # a departure beside what is denied is one
        ("en", "Ruth Baines, who denied wrongdoing and resigned in May, was chief executive of Hallam Steel.", "Past"),
        ("en", "Former Hallam Steel chief executive Ruth Baines denied that she had left with company files.", "Past"),
        ("en", "Hallam Steel denied that former chief executive Ruth Baines had been paid too much.", "Past"),
        ("en", "Ruth Baines resigned as chief executive of Hallam Steel. Tom Hale denied he would leave.", "Past"),
    ],
)
def test_a_denied_departure_ends_no_post(language, text, status):
    found = extract(parse.parse(Document("a", text, language)), load())
    assert {c.status for c in found.claims if c.predicate == "chiefExecutiveOf"} == {status}
