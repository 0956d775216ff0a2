"""Resumption: a pronoun that opens the sentence behind a quotation is the one who is said to have spoken."""

from dataclasses import replace

import pytest

from kg.extract.resumption import resumed

# Names in [brackets] are people, of which one with a star is read as another word for the first.
TABLE = [
    ("en", '[Obi] met [Okafor]. "We are ready to go," said [Okafor]. [*She] left {Larkfield} in May.', "Okafor"),
    ("id", '[Budi] bertemu [Sari]. "Kami siap melangkah," ujar [Sari]. [*Ia] pernah memimpin {Samudra}.', "Sari"),
    ("zh", "[邱云]曾任{青禾}协理。“我们已经准备好了，”[林晓云]强调。[*她]此前是财务长。", "林晓云"),
    ("en", '[Obi] met [Okafor]. "We are ready to go," said [Okafor] of [Lim]. [*She] left {Larkfield} in May.', None),
    ("en", '[Obi] met [Okafor]. "We are ready to go," said [Okafor]. [*They] left {Larkfield} in May.', None),
    ("en", '[Obi] met [Okafor]. "We are ready to go," said [Okafor]. Later [*she] left {Larkfield}.', None),
    ("en", '[Obi] met [Okafor]. "We are ready to go," said [Okafor].\nThe plant opened. [*She] left {Larkfield}.', None),
]


@pytest.mark.parametrize(("language", "text", "expected"), TABLE)
def test_a_pronoun_behind_a_quotation_is_its_speaker(language, text, expected, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    misread = [replace(m, chain=0) if m.nominal else m for m in mentions]
    (after,) = [m for m in resumed(blank(plain, language), misread, ontology) if m.nominal]
    assert after.chain == (chains[expected] if expected else 0)
