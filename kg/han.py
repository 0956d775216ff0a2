"""Characters in, whether they are Chinese ideographs out: the one place that says which those are."""

from __future__ import annotations

import re

IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # between the brackets of a pattern
HAN = re.compile(f"[{IDEOGRAPHS}]")


def has_han(text: str) -> bool:
    """Whether a text holds an ideograph."""
    return HAN.search(text) is not None
