from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quotations import quoted

TABLE = [
    ('"We are ready," said Okafor.', ["We are ready,"]),
    ("“We are ready,” she said. “Very.”", ["We are ready,", "Very."]),
    ("‘We don’t know the workers’ names,’ he said.", ["We don’t know the workers’ names,"]),
    ("'We don't know the workers' names,' he said.", ["We don't know the workers' names,"]),
    ("The workers' union isn't Larkfield's. It's the '90s again.", []),
    ('He said: "I told him "no" and left." Then he left.', ['I told him "no" and left.']),
    ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
    ('A 6.1" screen and a 7" one.', []),
    ('"We are glad, he said. "We go on," he added.', ["We go on,"]),
    ("„Wir gehen“, sagte er. «Bien», dit-elle.", ["Wir gehen", "Bien"]),
    ("``We go,'' she said.", ["We go,"]),
    ("“We begin.\n\n“We go on.\n\n“We end.” So she said.", ["We begin.", "We go on.", "We end."]),
    ('"We begin.\n\n"We go on.\n\n"We end," she said.', ["We begin.", "We go on.", "We end,"]),
    ("“We begin.\nWe go on and end.” So she said.", ["We begin.\nWe go on and end."]),
    ('"We are\nready," she said.', ["We are\nready,"]),
    ('She said: "We are ready.', ["We are ready."]),
    ("”We are ready,” she said.", ["We are ready,"]),
    ('"Kami siap," ujar Budi. "Sangat siap."', ["Kami siap,", "Sangat siap."]),
    (',,Kami siap," kata Budi, a,,b "x" y.', ["Kami siap,", "x"]),
    ("“Kami siap”, kata Budi.", ["Kami siap"]),
    ('Budi mengatakan,"Kami siap."', ["Kami siap."]),
    ("林晓云表示：“我们准备好了。”", ["我们准备好了。"]),
    ("“我们准备好了“，林晓云说。", ["我们准备好了"]),
    ('林晓云说"我们准备好了"并离开。', ["我们准备好了"]),
    ("他說：「我們說過『不』，現在也是。」", ["我們說過『不』，現在也是。"]),
    ("“我们先说。\n“我们再说。”", ["我们先说。", "我们再说。"]),
    ('""', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_words_in_quotation_marks_are_found(text, expected):
    assert [text[a:b] for a, b in quoted(text)] == expected


@given(st.text(alphabet="ab说，,. \n\"'“”‘’「」『』«»s9", max_size=60))
def test_spans_are_sorted_disjoint_and_never_blank(text):
    spans = quoted(text)
    assert all(0 <= a < b <= len(text) and text[a:b].strip() == text[a:b] for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
