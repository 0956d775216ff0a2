"""What a text calls a mistake is denied, and so is an office that was turned down."""

import pytest

from kg.extract.refuted import refuted
from kg.model import Claim, Span

TOLD = [
    ("en", "An earlier version wrongly said that [Hugo Sand] was chairman of {Alderney}.", "chairman", "Denied"),
    ("en", "[Hugo Sand], who has mistakenly been called chairman of {Alderney}, sold his shares.", "chairman", "Denied"),
    ("en", "[Hugo Sand] was erroneously named chairman of {Alderney}.", "chairman", "Denied"),
    ("en", "The paper misidentified [Hugo Sand] as chairman of {Alderney}.", "chairman", "Denied"),
    ("id", "Versi sebelumnya keliru menyebut [Rina] sebagai komisaris {Semen}.", "komisaris", "Denied"),
    ("zh", "此前报道误称[聂小倩]为{海风}董事长。", "董事长", "Denied"),
    ("zh", "本报错误地称[聂小倩]是{海风}董事长。", "董事长", "Denied"),
    # what only names somebody is no part of the mistake, and who is not said to have left holds on
    ("en", "The paper wrongly said that [Hugo Sand], chairman of {Alderney}, had sold his shares.", "chairman", "Current"),
    ("en", "The paper wrongly said that {Alderney} chairman [Hugo Sand] had sold his shares.", "chairman", "Current"),
    ("en", "The paper wrongly said that [Hugo Sand] resigned as chairman of {Alderney}.", "chairman", "Current"),
    ("en", "[Hugo Sand], wrongly convicted in 2004, is chairman of {Alderney}.", "chairman", "Current"),
    ("en", "The paper wrongly called [Ada] a founder; [Hugo Sand] is chairman of {Alderney}.", "chairman", "Current"),
    ("id", "[Budi] menyebut salah satu komisaris {Semen}, [Rina].", "komisaris", "Current"),
    # offers
    ("en", "[Dora Kemp] was offered the post of chairman of {Alderney} but turned it down.", "chairman", "Denied"),
    ("en", "[Dora Kemp] was approached to become chairman of {Alderney} but declined.", "chairman", "Denied"),
    ("en", "[Dora Kemp] was asked to become chairman of {Alderney}, but declined to comment.", "chairman", "Current"),
    ("en", "[Dora Kemp] was invited to become chairman of {Alderney}, whose shares declined.", "chairman", "Current"),
    ("en", "[Dora Kemp], chairman of {Alderney}, was offered a post at {Tollgate} but turned it down.", "chairman", "Current"),
    ("id", "[Rina] ditawari jabatan komisaris {Semen}, tetapi menolak.", "komisaris", "Denied"),
    ("id", "[Rina] ditawari jabatan komisaris {Semen}, tetapi menolak berkomentar.", "komisaris", "Current"),
    ("zh", "[聂小倩]曾获邀出任{海风}董事长，但她婉拒了。", "董事长", "Denied"),
    ("zh", "[聂小倩]获邀出任{海风}董事长，但拒绝置评。", "董事长", "Current"),
]


@pytest.mark.parametrize(("language", "text", "title", "status"), TOLD)
def test_mistakes_and_offers_turned_down_are_denied(language, text, title, status, marked, blank, ontology):
    plain, mentions, _ = marked(text)
    (who, *_), (where, *_) = ([m.chain for m in mentions if m.type == kind] for kind in ("Person", "Organization"))
    who = next((m.chain for m in mentions if m.text in ("Hugo Sand", "Rina")), who)
    claim = Claim(who, "chairOf", where, Span("a.txt", 0, len(plain)), "Current", title)
    (found,) = refuted((claim,), blank(plain, language), mentions, ontology)
    assert found.status == status


def test_a_mistake_is_denied_of_other_things_than_posts(marked, blank, ontology):
    plain, mentions, chains = marked("The paper wrongly reported that {Alderney} had bought {Tollgate}.")
    claim = Claim(chains["Alderney"], "acquired", chains["Tollgate"], Span("a.txt", 0, len(plain)), "Current")
    (found,) = refuted((claim,), blank(plain, "en"), mentions, ontology)
    assert (found.status, found.certainty) == ("Denied", 1.0)
