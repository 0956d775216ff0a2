import re

import pytest

from kg.extract.classifier import _Text, _title
from kg.extract.sentences import Sentences
from kg.languages.encoder import Found

# Titles in ‹quotes›; for each pair of names the title that is theirs.
TITLES = [
    ("[Okafor] was a ‹partner› at {Tern} before [*she] joined {Larkfield} as ‹finance director›.", "Okafor", "Tern", "partner"),
    (
        "[Okafor] was a ‹partner› at {Tern} before [*she] joined {Larkfield} as ‹finance director›.",
        "Okafor",
        "Larkfield",
        "finance director",
    ),
    ("[Budi], ‹manajer› di {Pelita}, bergabung dengan {Samudra} sebagai ‹direktur keuangan›.", "Budi", "Samudra", "direktur keuangan"),
    ("[Budi], mantan ‹direktur utama› {Pelita}, akan bergabung dengan {Samudra} sebagai ‹komisaris›.", "Budi", "Samudra", "komisaris"),
    ("[林晓云]现任{青禾科技}‹首席运营官›，此前曾在{远山资本}任‹副总裁›。", "林晓云", "远山资本", "副总裁"),
    ("[林晓云]现任{青禾科技}‹首席运营官›，此前曾在{远山资本}任‹副总裁›。", "林晓云", "青禾科技", "首席运营官"),
    ("{Larkfield}'s ‹treasurer› [Obi] and ‹finance director› [Okafor] left.", "Okafor", "Larkfield", "finance director"),
    ("[Okafor] is ‹partner› at {Tern} and {Larkfield}.", "Okafor", "Larkfield", "partner"),
]


@pytest.mark.parametrize(("text", "subject", "object_", "expected"), TITLES)
def test_a_title_is_that_of_the_firm_and_person_beside_it(text, subject, object_, expected, marked, ontology):
    plain, mentions, _ = marked(re.sub("[‹›]", "", text))
    names = re.split("[‹›]", re.sub(r"[\[\]{}*]", "", text))[1::2]
    titles = [Found(plain.index(t), plain.index(t) + len(t), "") for t in names]
    sentences = Sentences.of("a.txt", plain)
    ends = tuple(max(n for n, m in enumerate(mentions) if m.text == name) for name in (subject, object_))
    evidence = sentences.around(*(mentions[n].span for n in ends))
    relation = ontology.relations["holdsPositionAt"]
    assert _title(ends, evidence, relation, _Text(mentions, titles, sentences, ontology)) == expected
