"""The sentences that the page shows."""

from __future__ import annotations

import pytest

from kg.outputs.page.passages import attributed


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ('Rain fell. Okafor said, "We build." She left.', "We build.", 'Okafor said, "We build."'),
        ('"We stay. We build," said Okafor. She left.', "We stay. We build,", '"We stay. We build," said Okafor.'),
        ('Rain fell. "We build." Okafor smiled. She left.', "We build.", '"We build." Okafor smiled.'),
        ('Rain fell. Okafor smiled:\n"We build."\nShe left.', "We build.", 'Okafor smiled:\n"We build."'),
        ('"Kami membangun," kata Okafor, Senin (9/9). Ia pergi.', "Kami membangun,", '"Kami membangun," kata Okafor, Senin (9/9).'),
        ("下雨了。“我们造车。”林晓云说。她走了。", "我们造车。", "“我们造车。”林晓云说。"),
        ("下雨了。林晓云说：“我们造车。”她走了。", "我们造车。", "林晓云说：“我们造车。”"),
        ('"We build."', "We build.", '"We build."'),
    ],
)
def test_a_quotation_is_shown_in_the_sentence_that_attributes_it(text: str, words: str, shown: str) -> None:
    start = text.index(words)
    low, high = attributed(text, start, start + len(words))
    assert text[low:high] == shown
