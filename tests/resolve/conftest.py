"""A small ontology of its own, so that these tests stand when the shipped one changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Name
from kg.ontology import Class, Concept, Ontology, Relation, Status

TOPS = ("Person", "Organization", "Product", "Event", "Place")
FINER = {
    "Company": ("Organization", (("Ltd", "en"), ("Tbk", "id"), ("公司", "zh"))),
    "GovernmentBody": ("Organization", (("Ministry", "en"), ("Kementerian", "id"), ("部", "zh"))),
    "AIModel": ("Product", (("language model", "en"), ("大模型", "zh"))),
}
RELATIONS = (
    # name, domain, range, flags (e exclusive, f functional, m membership, s symmetric), role words
    ("chiefExecutiveOf", "Person", "Organization", "em", ("CEO@en", "chief executive officer@en", "direktur utama@id", "首席执行官@zh")),
    ("chairOf", "Person", "Organization", "em", ("chairman@en", "komisaris utama@id", "董事长@zh")),
    ("founderOf", "Person", "Organization", "m", ("founder@en", "pendiri@id", "创始人@zh")),
    ("holdsPositionAt", "Person", "Organization", "m", ()),
    ("succeeds", "Person", "Person", "", ()),
    ("subsidiaryOf", "Organization", "Organization", "f", ()),
    ("acquired", "Organization", "Organization Product", "", ()),
    ("partnerOf", "Organization", "Organization", "s", ()),
    ("competitorOf", "Organization Product", "Organization Product", "s", ()),
    ("releasedBy", "Product", "Organization", "", ()),
    ("versionOf", "Product", "Product", "", ()),
    ("headquarteredIn", "Organization", "Place", "f", ()),
    ("spokeAt", "Person", "Event", "", ()),
    ("heldIn", "Event", "Place", "f", ()),
)
WORDS = {
    "legalForm": "Ltd@en Ltd.@en Limited@en Inc@en Inc.@en Corp@en plc@en Co.@en LLC@en GmbH@en AG@en ASA@en S.A.@en PT@id Tbk@id (Persero)@id 有限公司@zh 股份有限公司@zh 股份@zh",
    "genericNoun": "Group@en Holding@en Holdings@en Company@en Corporation@en Companies@en Grup@id Perusahaan@id 集团@zh 公司@zh 控股@zh",
    "honorific": "Mr.@en Mr@en Ms@en Mrs@en Ms.@en Dr.@en Dr@en Prof.@en Sir@en Bapak@id Pak@id Ibu@id Bu@id Ir.@id H.@id Hj.@id Drs.@id 先生@zh 女士@zh 博士@zh 总@zh 教授@zh",
    "article": "The@en",
    "nameParticle": "bin@id binti@id van@en de@en von@en der@en",
}
CONCEPTS = (("northwind", "Organization", "Northwind@en 北风@zh"), ("heron", "Product", "Heron@en 苍鹭@zh"))


def tagged(text: str) -> Name:
    word, language = text.rsplit("@", 1)
    return Name(word, language)


def small_ontology() -> Ontology:
    classes = {t: Class(t, (), {"en": t}, {}, None, (), ()) for t in TOPS}
    classes |= {n: Class(n, (p,), {"en": n}, {}, None, (), tuple(Name(*c) for c in cues)) for n, (p, cues) in FINER.items()}
    relations = {
        name: Relation(
            name,
            tuple(domain.split()),
            tuple(range_.split()),
            {"en": name},
            {},
            None,
            "s" in flags,
            "f" in flags,
            "e" in flags,
            "m" in flags,
            (),
            tuple(map(tagged, roles)),
        )
        for name, domain, range_, flags, roles in RELATIONS
    }
    statuses = {
        s: Status(s, {"en": s}, s in ("Current", "Interim"), ()) for s in ("Current", "Past", "Future", "Interim", "Rumoured", "Denied")
    }
    concepts = tuple(Concept(i, c, tuple(map(tagged, names.split()))) for i, c, names in CONCEPTS)
    words = {k: tuple(map(tagged, v.split())) for k, v in WORDS.items()}
    return Ontology("https://example.org/#", classes, relations, statuses, concepts, words, {}, Path())


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return small_ontology()
