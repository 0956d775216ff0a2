"""Wordings are judged by annotated texts alone."""

from kg.training.judgement import judge
from kg.training.written import written_texts

TEXT = """# en-t-001
[P1:Ada Okafor], chief executive of [O1:Larkfield], spoke.
  P1 chiefExecutiveOf O1 | title=chief executive
It was rumoured that [O1:Larkfield] bought [O2:Northwind].
[O3:Hillgate] and [O2:Northwind] share an owner.
[O1:Larkfield] bought [O3:Hillgate].
  O1 acquired O3 | optional
"""


def judged(tmp_path, ontology):
    (tmp_path / "en-t.txt").write_text(TEXT, encoding="utf-8")
    return judge(written_texts(tmp_path), ontology)


def test_right_and_wrong_are_counted_by_wording_and_the_arguable_not_at_all(tmp_path, ontology):
    found = judged(tmp_path, ontology)
    assert {p.relation or "office" for p in found.right} == {"office"}
    assert {(p.relation, n) for p, n in found.wrong.items()} == {("acquired", 1)}


def test_what_wordings_find_is_counted_by_relation(tmp_path, ontology):
    found = judged(tmp_path, ontology)
    assert (dict(found.wanted), dict(found.found)) == ({"chiefExecutiveOf": 1}, {"chiefExecutiveOf": 1})
