import pytest

from kg.extract.tenure import lasting
from kg.model import Claim, Span

# Status told otherwise, then the one expected for the office of a person (in [brackets]) at an organization (in {braces}).
HELD = [
    ("en", "[Okafor] will remain chair of {Larkfield}.", "Okafor", "chair", "Future", "Current"),
    ("en", "[Okafor] will stay on as chair of {Larkfield} after the sale.", "Okafor", "chair", "Future", "Current"),
    ("en", "[Okafor] will become chair of {Larkfield}.", "Okafor", "chair", "Future", "Future"),
    ("en", "[Okafor] will not remain chair of {Larkfield}.", "Okafor", "chair", "Future", "Future"),
    ("en", "[Okafor] will stay on as an adviser to {Larkfield}.", "Okafor", "adviser", "Future", "Future"),
    ("en", "[Okafor] will remain chair and become head of {Larkfield}.", "Okafor", "head", "Future", "Future"),
    ("en", "[Okafor] will remain chair and chief executive of {Larkfield}.", "Okafor", "chief executive", "Future", "Current"),
    ("en", "[Okafor] will remain chair and [Obi] will run {Larkfield}.", "Obi", None, "Future", "Future"),
    ("en", "[Okafor], who will remain chair of {Tern}, will run {Larkfield}.", "Okafor", None, "Future", "Future"),
    ("en", "[Okafor] will leave {Larkfield} in May.", "Okafor", "chair", "Past", "Current"),
    ("en", "[Okafor] is to retire as chair of {Larkfield}.", "Okafor", "chair", "Future", "Current"),
    ("en", "[Okafor] will step down as chair of {Larkfield} in May.", "Okafor", "chair", "Future", "Current"),
    ("id", "[Budi] akan pensiun sebagai direktur {Larkfield}.", "Budi", "direktur", "Future", "Current"),
    ("en", "[Okafor] will soon leave {Larkfield}.", "Okafor", "chair", "Future", "Current"),
    ("en", "[Okafor] will leave to become chair of {Larkfield}.", "Okafor", "chair", "Future", "Future"),
    ("en", "[Okafor] is leaving in May to join {Larkfield} as chair.", "Okafor", "chair", "Future", "Future"),
    ("en", "[Okafor], a former chair, will leave {Larkfield}.", "Okafor", "chair", "Past", "Past"),
    ("en", "[Obi], who will chair {Larkfield}, will leave {Tern}.", "Obi", "chair", "Future", "Future"),
    ("en", "[Okafor] remained chair of {Larkfield} until 2019.", "Okafor", "chair", "Past", "Past"),
    ("id", "[Budi] akan tetap menjabat sebagai direktur {Larkfield}.", "Budi", "direktur", "Future", "Current"),
    ("id", "[Budi] akan meninggalkan {Larkfield} pada Mei.", "Budi", "direktur", "Past", "Current"),
    ("zh", "[林晓云]将继续担任{Larkfield}董事长。", "林晓云", "董事长", "Future", "Current"),
    ("zh", "[林晓云]將留任{Larkfield}董事長。", "林晓云", "董事長", "Future", "Current"),
    ("zh", "[林晓云]不会继续担任{Larkfield}董事长。", "林晓云", "董事长", "Future", "Future"),
    ("zh", "[林晓云]将任{Larkfield}总裁，[韩立群]将继续担任董事长。", "林晓云", "总裁", "Future", "Future"),
    # what else ends: the office behind words of keeping goes on, unless the sentence ends it too
    ("en", "[Okafor] stepped down as head but remains chair of {Larkfield}.", "Okafor", "chair", "Past", "Current"),
    ("en", "[Okafor] chose to remain chair of {Larkfield} until 2012.", "Okafor", "chair", "Past", "Past"),
    ("en", "[Obi] replaced [Okafor], who is now chair of {Larkfield}.", "Okafor", "chair", "Past", "Current"),
    ("en", "[Obi] replaced [Okafor] at {Larkfield}, who is now chair of {Tern}.", "Okafor", "chair", "Past", "Past"),
    ("id", "[Budi] menggantikan [Rina], yang kini menjadi komisaris {Larkfield}.", "Rina", "komisaris", "Past", "Current"),
    ("id", "[Budi] menggantikan [Rina], yang kini menjadi komisaris {Larkfield}.", "Budi", "komisaris", "Past", "Past"),
    ("zh", "{Larkfield}总裁[林晓云]退休，由现任财务总监[韩立群]接任总裁。", "林晓云", "总裁", "Past", "Past"),
    ("zh", "{Larkfield}总裁[林晓云]退休，由现任财务总监[韩立群]接任总裁。", "林晓云", "财务总监", "Past", "Past"),
    ("zh", "[林晓云]辞去总裁职务，只保留{Larkfield}董事长一职。", "林晓云", "董事长", "Past", "Current"),
    ("zh", "[林晓云]辞去总裁职务，仍任{Larkfield}董事长。", "林晓云", "董事长", "Past", "Current"),
    ("zh", "[林晓云]辞去总裁职务，仍任{Larkfield}董事长。", "林晓云", "总裁", "Past", "Past"),
    ("zh", "[林晓云]辞去总裁职务，只保留{Larkfield}董事长一职。", "林晓云", "董事长", "Past", "Current"),
    ("zh", "[林晓云]辞去总裁职务，只保留{Larkfield}董事长一职。", "林晓云", "总裁", "Past", "Past"),
    ("zh", "[林晓云]卸任总裁后继续担任{Larkfield}董事长，直到退休。", "林晓云", "董事长", "Past", "Past"),
    ("zh", "[林晓云]将于年底离开{Larkfield}。", "林晓云", "财务总监", "Past", "Current"),
    ("zh", "[林晓云]已离开{Larkfield}。", "林晓云", "财务总监", "Past", "Past"),
    # of two organizations the first is left
    ("en", "[Okafor] will leave {Tern} to become chair of {Larkfield}.", "Okafor", "chair", "Future", "Future"),
    ("zh", "[林晓云]将离开{Tern}出任{Larkfield}董事长。", "林晓云", "董事长", "Future", "Future"),
    ("en", "[Okafor], who will leave {Larkfield}, was chair of {Larkfield} in 2010.", "Okafor", "chair", "Past", "Past"),
]


@pytest.mark.parametrize(("language", "text", "person", "title", "status", "expected"), HELD)
def test_an_office_that_is_kept_or_yet_to_be_left_is_held_now(language, text, person, title, status, expected, marked, ontology):
    plain, mentions, chains = marked(text)
    evidence = Span("a.txt", 0, len(plain))
    claim = Claim(chains[person], "holdsPositionAt", chains["Larkfield"], evidence, status, title)
    (found,) = lasting((claim,), mentions, plain, ontology)
    assert found.status == expected


def test_twice_as_many_claims_take_twice_the_work(marked, ontology, steps):
    work = []
    for size in (40, 80):
        plain, mentions, chains = marked("[Okafor] will remain chair of {Larkfield}.\n" * size)
        length = len(plain) // size
        places = [Span("a.txt", n * length, (n + 1) * length) for n in range(size)]
        claims = [Claim(chains["Okafor"], "chairOf", chains["Larkfield"], place, "Future", "chair") for place in places]
        assert {c.status for c in lasting(claims, mentions, plain, ontology)} == {"Current"}
        work.append(steps(lambda c=claims, m=mentions, p=plain: lasting(c, m, p, ontology)))
    assert work[1] <= 2.5 * work[0]
