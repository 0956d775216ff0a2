"""The shipped network: what it believes, and that it reads alike again."""

from dataclasses import replace

import numpy as np
import pytest

from kg.languages import encoder
from kg.languages.encoder import Marked
from kg.languages.encoder.calibration import Calibration

TEXT = "Wulan Hartanto is chief executive of Samudra Biru, a shipping firm in Surabaya. Hartanto joined Samudra Biru in 2019."


@pytest.fixture(scope="module")
def network():
    return encoder.load()


def believing(network, least):
    changed = replace(network, calibration=replace(network.calibration, believed=least))
    return [m for m in changed.read(TEXT, Marked()).mentions if not m.nominal]


def test_names_are_found_with_their_places(network):
    names = {TEXT[m.start : m.end]: m.kind for m in network.read(TEXT, Marked()).mentions if not m.nominal}
    assert names["Wulan Hartanto"] == "Person"
    assert names["Samudra Biru"] == "Organization"


def test_a_name_that_is_known_is_believed_however_unsure(network):
    doubting = replace(network, calibration=replace(network.calibration, believed=1.01))
    found = doubting.read(TEXT, Marked(), lambda name: name == "Samudra Biru").mentions
    assert {TEXT[m.start : m.end] for m in found if not m.nominal} == {"Samudra Biru"}


def test_a_form_stays_as_long_as_its_surest_mention_is_sure_enough(network):
    everything = believing(network, 0.0)
    for least in (0.5, 0.9, 0.99, 1.01):
        surest = {
            TEXT[m.start : m.end]: max(o.score for o in everything if TEXT[o.start : o.end] == TEXT[m.start : m.end]) for m in everything
        }
        assert believing(network, least) == [m for m in everything if surest[TEXT[m.start : m.end]] >= least]


def test_a_name_in_small_letters_must_be_surer_where_names_have_capitals(network, monkeypatch):
    text = "Wulan Hartanto of Samudra Biru founded klikpay in 2019. Tirta Air bought klikpay from Lintang Cargo."
    believing = replace(network, calibration=replace(network.calibration, believed=0.2))
    found = {}
    for small in (0.0, 1.01):
        monkeypatch.setattr(encoder, "SMALL", small)
        found[small] = {text[m.start : m.end] for m in believing.read(text, Marked()).mentions if not m.nominal}
    assert found[0.0] - found[1.01] == {"klikpay"}
    assert {"Wulan Hartanto", "Samudra Biru"} <= found[1.01]


def test_names_are_found_in_a_text_without_capitals(network):
    found = {TEXT[m.start : m.end] for m in network.read(TEXT.lower(), Marked()).mentions if not m.nominal}
    assert {"Wulan Hartanto", "Samudra Biru"} <= found


def test_reading_again_gives_the_same(network):
    first, second = (network.read(TEXT, Marked()) for _ in range(2))
    assert first.mentions == second.mentions
    assert all((a.relations == b.relations).all() for a, b in zip(first.links, second.links, strict=True))


def test_a_language_with_a_network_of_its_own_is_read_by_it_where_it_stands_alone(tmp_path, monkeypatch):
    for language in ("en", "zh"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "encoder").symlink_to(encoder.SHARED)
    monkeypatch.setattr(encoder, "WEIGHTS", tmp_path)
    encoder._own.cache_clear()
    shared = encoder.load(encoder.SHARED)
    for language, foreign in (("en", shared.tagger), ("zh", None)):
        own = encoder.load(tmp_path / language / "encoder")
        assert encoder.network({language}) == replace(own, foreign=foreign) != shared
    encoder._own.cache_clear()
    assert encoder.network({"id"}) is encoder.network({"en", "id"}) is encoder.network(()) is shared


class Counted:
    """A part of a network that counts what it reads."""

    def __init__(self, session):
        self.session, self.runs = session, 0

    def run(self, outputs, feed):
        self.runs += 1
        return self.session.run(outputs, feed)


def test_every_window_is_read_by_the_network_chosen_for_it(network):
    first, second = "武兰是海蓝航运的首席执行官。" * 30, " ".join([TEXT] * 14)
    text = f"{first}\n{second}"
    other = replace(network, tagger=Counted(network.tagger), linker=Counted(network.linker), calibration=Calibration(default=9.0))
    read = network.read(text, Marked(), chosen=lambda start, end: other if start > len(first) else network)
    alone = network.read(text, Marked())
    assert read.mentions == alone.mentions  # it has the same weights
    by_other = [link for link in read.links if link.calibration.default == 9.0]
    assert 0 < other.linker.runs == len(by_other) <= other.tagger.runs < len(read.links)
    inside = {m for link in by_other for m in link.members.tolist()}
    assert min(read.mentions[m].start for m in inside) > len(first)
    assert {m for link in read.links if link.calibration == network.calibration for m in link.members.tolist()} - inside


def test_ideographs_among_other_letters_are_tagged_by_the_network_that_knows_them(network):
    text = "Wulan Hartanto (武兰) is chief executive of Samudra Biru, a shipping firm in Surabaya."
    blind = replace(network, tagger=Silent(network.tagger), foreign=network.tagger)
    assert {text[m.start : m.end] for m in blind.read(text, Marked()).mentions if not m.nominal} == {"武兰"}
    assert not replace(blind, foreign=None).read(text, Marked()).mentions


class Silent:
    """A tagger that finds nothing."""

    def __init__(self, session):
        self.session = session

    def run(self, outputs, feed):
        state, *scores = self.session.run(outputs, feed)
        return state, *(np.where(np.arange(s.shape[-1]) == 0, 0.0, -99.0) + 0 * s for s in scores)
