"""The joint network learns, alike each time, and runs in onnxruntime as it did in torch; needs the `train` extra."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the train extra is not installed")

from kg.errors import TrainingError  # noqa: E402
from kg.languages.encoder import WEIGHTS, inventory  # noqa: E402
from kg.languages.encoder.pieces import splitter  # noqa: E402
from kg.ontology import load  # noqa: E402
from kg.training.examples import examples  # noqa: E402
from kg.training.gold import annotated_documents  # noqa: E402
from kg.training.joint import Losses, Plan, date_loss, pool, train  # noqa: E402
from kg.training.network import Reader  # noqa: E402

LAYERS = 2
DOCUMENTS = Path(__file__).parents[1] / "documents"


def learnt(out: Path) -> tuple[Reader, list[float]]:
    cut = splitter(WEIGHTS / "vocabulary.txt")
    numbered = inventory.inventory(load())
    shown = [e for a in list(annotated_documents(DOCUMENTS, load()))[:1] for e in examples(a, cut, numbered, exact=False)][:1]
    torch.manual_seed(0)
    reader = Reader.of(cut.tokenizer.get_vocab_size(), numbered, LAYERS)
    train(reader, lambda dice: list(shown), Losses.of(numbered, cut), Plan(epochs=10), out)
    return reader, [float(line.split()[5]) for line in (out / "log").read_text().splitlines()]


def test_training_is_the_same_each_time(tmp_path):
    outs = [tmp_path / n for n in "ab"]
    for out in outs:
        out.mkdir()
    (one, log), (other, again) = (learnt(out) for out in outs)
    assert log == again
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))


def test_exported_files_answer_as_the_network_does(tmp_path):
    pytest.importorskip("onnx", reason="the train extra is not installed")
    import onnxruntime

    from kg.training.export import export

    network = untaught()
    export(network, tmp_path)
    ids = np.arange(5, 40)[None]
    with torch.no_grad():
        states, names, *_ = network.tag(*(torch.tensor(a) for a in (ids, ids * 0, ids * 0)), torch.ones(1, 35, dtype=torch.bool))
        spans = tuple(torch.tensor(a) for a in ([1, 9, 20], [2, 9, 24], [0, 1, 3], [0, 0, 1]))
        related = network.link(states[0], spans, torch.zeros(3, 3, dtype=torch.long))[0]
    tag, link = (onnxruntime.InferenceSession(str(tmp_path / f"{name}.onnx")) for name in ("tag", "link"))
    found, tags, *_ = tag.run(None, {"ids": ids, "cases": ids * 0, "hints": ids * 0})
    assert np.abs(found - states.numpy()).mean() < 0.05
    assert (tags.argmax(-1) == names[0].argmax(-1).numpy()).mean() > 0.9
    mentions = np.stack([s.numpy() for s in spans])
    relations, *_ = link.run(None, {"states": found, "mentions": mentions, "alike": np.zeros((3, 3), dtype=np.int64)})
    assert np.abs(relations - related.numpy()).max() < 0.2


def untaught() -> Reader:
    torch.manual_seed(0)
    network = Reader(900, 5, 15, 6, LAYERS)
    for values in network.parameters():
        values.data += 0.01 * torch.randn(values.shape)  # as after training: no two alike
    return network


def numbered_by(types: int = 5) -> inventory.Inventory:
    whole = inventory.inventory(load())
    return replace(whole, types=whole.types[:types])


def test_exported_weights_come_back_to_learn_on(tmp_path):
    pytest.importorskip("onnx", reason="the train extra is not installed")
    from kg.training.export import export
    from kg.training.restore import restore

    before = untaught()
    export(before, tmp_path)
    after = restore(tmp_path, numbered_by())
    kept = after.state_dict()
    assert kept.keys() == before.state_dict().keys()
    for name, values in before.state_dict().items():
        step = (values.max() - values.min()).item() / 127  # what 8 bits round to, by table or by column
        assert torch.allclose(values, kept[name], atol=step), name
    export(after, tmp_path)  # rounded once, rounded for good
    assert all(
        torch.allclose(a, b, atol=1e-5) for a, b in zip(after.parameters(), restore(tmp_path, numbered_by()).parameters(), strict=True)
    )


def test_weights_that_cannot_be_gone_on_from_are_named(tmp_path):
    onnx = pytest.importorskip("onnx", reason="the train extra is not installed")
    from kg.training.export import export
    from kg.training.restore import restore

    with pytest.raises(TrainingError, match=r"tag\.onnx: no such file"):
        restore(tmp_path, numbered_by())
    export(untaught(), tmp_path)
    with pytest.raises(TrainingError, match="not of this network"):
        restore(tmp_path, numbered_by(types=4))
    for file in ("tag.onnx", "link.onnx"):
        onnx.save(onnx.helper.make_model(onnx.helper.make_graph([], "empty", [], [])), tmp_path / file)
    with pytest.raises(TrainingError, match="holds no weights that kg exported"):
        restore(tmp_path, numbered_by())
    (tmp_path / "tag.onnx").write_bytes(b"no network")
    with pytest.raises(TrainingError, match=r"tag\.onnx"):
        restore(tmp_path, numbered_by())


def test_pooling_is_log_sum_exp_over_the_mentions_of_two_things():
    relation = torch.tensor(np.random.RandomState(0).randn(3, 3, 2), dtype=torch.float32)
    group = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    expected = torch.logsumexp(relation[:2, 2], 0)
    assert torch.allclose(pool(relation, group)[0, 1], expected, atol=1e-4)


def test_what_subject_and_object_say_of_a_date_is_asked_together():
    relations, group = 2, torch.eye(3)
    rows = np.array([[0, 1, 1, 2, 1, 1], [0, 1, 1, 2, 2, 0]])
    odds = torch.zeros(3, 3, relations + 1, 4)
    odds[0, 2, 1] = torch.tensor([5.0, -4.0, 9.0, 9.0])
    odds[1, 2, 1] = torch.tensor([9.0, 9.0, -1.0, -2.0])
    expected = np.log1p(np.exp(-4.0)) + np.log1p(np.exp(-6.0))
    assert date_loss(odds, group, rows).item() == pytest.approx(expected, rel=1e-4)
    assert date_loss(odds, group, rows[:0]).item() == 0
