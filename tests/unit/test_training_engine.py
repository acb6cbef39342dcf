"""The training engine: its arithmetic against plain references, determinism, resumption, cache."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from verify.methods.training import (
    Attention,
    Configuration,
    ConfigurationError,
    Data,
    Initialisation,
    Optimiser,
    Penalty,
    Plateau,
    Power,
    Shared,
    Transformer,
    train,
)
from verify.methods.training.beginnings import initial_tensors, split

SGD = Optimiser(kind="sgd", rate=0.1)


def _configuration(network, **fields):
    return Configuration(**{"name": "t", "network": network, "optimiser": SGD, "steps": 4} | fields)


NETWORKS = {
    "relu": Shared(modulus=5, width=7),
    "quadratic": Shared(modulus=6, width=4, activation="u^2"),
    "two inputs": Power(inputs=2, modulus=4, width=5),
    "three inputs": Power(inputs=3, modulus=3, width=5),
    "attention": Attention(inputs=3, modulus=3, heads=2, hidden=4, head_size=3),
    "transformer": Transformer(
        inputs=3, modulus=3, layers=2, heads=2, hidden=5, head_size=3, mlp=4
    ),
}


def _logits(network, tensors, a):
    """f(a): (p,) straight from the definition, for one input."""
    if network.kind == "shared":
        u = tensors["W_in"][:, a[0]] + tensors["W_in"][:, a[1]]
        hidden = np.maximum(u, 0) if network.activation == "relu" else u**2
        return tensors["W_out"] @ hidden
    if network.kind == "power":
        u = sum(tensors["U"][:, j, x] for j, x in enumerate(a))
        return u**network.inputs @ tensors["W"]
    if network.kind == "transformer":
        return _transformer(network, tensors, a)
    embedded = tensors["W_E"][:, list(a)]
    total = 0
    for h in range(network.heads):
        k, q, v = (tensors[n][h].T @ embedded for n in ("W_K", "W_Q", "W_V"))
        scores = np.exp(k.T @ q)
        total = total + tensors["W_P"][:, h] @ (v @ (scores / scores.sum(0)))[:, -1]
    return total


def _transformer(network, tensors, a):
    """f(a) of a Transformer, token by token and head by head."""

    def norm(x):
        return (x - x.mean()) / np.sqrt(x.var() + 1e-5)

    def gelu(x):
        return np.array([u / 2 * (1 + math.erf(u / math.sqrt(2))) for u in x])

    states = [tensors["W_E"][:, x] + tensors["W_pos"][:, t] for t, x in enumerate(a)]
    for layer in range(network.layers):
        w = {n: t[layer] for n, t in tensors.items() if t.ndim > 2}
        before = [norm(x) for x in states]
        for t in range(len(a)):
            for h in range(network.heads):
                query = w["W_Q"][h].T @ before[t]
                lead = [w["W_K"][h].T @ x @ query / network.head_size**0.5 for x in before[: t + 1]]
                share = np.exp(lead) / np.exp(lead).sum()
                value = sum(c * (w["W_V"][h].T @ x) for c, x in zip(share, before, strict=False))
                states[t] = states[t] + w["W_O"][h].T @ value
        states = [x + w["W_2"] @ gelu(w["W_1"] @ norm(x)) for x in states]
    return tensors["W_U"] @ norm(states[-1])


def _loss(name, f, label):
    """The loss on one input from its logits."""
    if name == "squares":
        target = np.eye(len(f))[label] - 1 / len(f)
        return ((f - f.mean() - target) ** 2).sum()
    return np.log(np.exp(f).sum()) - f[label]


def _objective(configuration, tensors, seed):
    """What is minimised, from the definition: the loss on the split, and the penalty."""
    network = configuration.network
    chosen, _ = split(configuration, seed)
    total = 0.0
    for number in chosen:
        a = np.unravel_index(number, [network.modulus] * network.inputs)
        total += _loss(configuration.loss, _logits(network, tensors, a), sum(a) % network.modulus)
    if configuration.loss != "sum":
        total /= len(chosen)
    if configuration.penalty:
        copies = 2 if network.kind == "shared" else 1
        first = tensors["W_in" if network.kind == "shared" else "U"].reshape(network.width, -1)
        last = tensors["W_out"].T if network.kind == "shared" else tensors["W"]
        squares = copies * (first**2).sum(1) + (last**2).sum(1)
        degree = network.inputs + 1
        norm = (squares ** (degree / 2)).sum() ** (1 / degree)
        total += configuration.penalty.coefficient * norm**configuration.penalty.power
    return total


@pytest.mark.parametrize(("loss", "share"), [("mean", 0.6), ("sum", 1.0), ("squares", 0.6)])
@pytest.mark.parametrize("name", NETWORKS)
def test_one_step_of_descent_is_the_gradient_of_the_definition(name, loss, share, tmp_path):
    """A step of gradient descent moves the weights by −rate times finite differences of the
    objective that is written down input by input."""
    penalty = Penalty(coefficient=0.3, power=1.0) if NETWORKS[name].has_neurons else None
    configuration = _configuration(
        NETWORKS[name],
        steps=1,
        loss=loss,
        penalty=penalty,
        data=Data(share=share),
        initialisation=Initialisation(scale=1.0),
    )
    run = train(configuration, seeds=[2], folder=tmp_path).runs[0]
    before = initial_tensors(configuration, 2)
    after = run.weights
    epsilon = 1e-6
    rng = np.random.default_rng(0)
    for key, tensor in before.items():
        for flat in rng.choice(tensor.size, min(6, tensor.size), replace=False):
            values = []
            for sign in (1, -1):
                moved = {k: v.copy() for k, v in before.items()}
                moved[key].reshape(-1)[flat] += sign * epsilon
                values.append(_objective(configuration, moved, 2))
            slope = (values[0] - values[1]) / (2 * epsilon)
            step = (after[key].reshape(-1)[flat] - tensor.reshape(-1)[flat]) / SGD.rate
            assert step == pytest.approx(-slope, rel=1e-5, abs=1e-7)


@pytest.mark.parametrize("loss", ["mean", "squares"])
@pytest.mark.parametrize("name", NETWORKS)
def test_recorded_metrics_follow_their_definition(name, loss, tmp_path):
    """Losses, accuracies and the margin at step 0 are those of the definition, input by input."""
    configuration = _configuration(
        NETWORKS[name], data=Data(share=0.5), initialisation=Initialisation(scale=1.0), loss=loss
    )
    run = train(configuration, seeds=[0], folder=tmp_path).runs[0]
    tensors = initial_tensors(configuration, 0)
    p, k = configuration.network.modulus, configuration.network.inputs
    leads = []
    for part, chosen in zip(("train", "test"), split(configuration, 0), strict=True):
        losses, correct = [], []
        for number in chosen:
            a = np.unravel_index(number, [p] * k)
            f = _logits(configuration.network, tensors, a)
            label = sum(a) % p
            lead = f[label] - np.delete(f, label).max()
            losses.append(_loss(loss, f, label))
            correct.append(lead > 0)
            leads.append(lead)
        assert run.metrics[0][f"{part}_loss"] == pytest.approx(np.mean(losses))
        assert run.metrics[0][f"{part}_accuracy"] == pytest.approx(np.mean(correct))
    assert run.metrics[0]["margin"] == pytest.approx(min(leads))


def test_the_decay_of_adam_is_part_of_the_gradient(tmp_path):
    """One step of Adam with decay from zero moments moves against the sign of g + decay·w."""
    from verify.methods.training.engine import engine_of

    network = NETWORKS["two inputs"]
    optimiser = Optimiser(kind="adam", rate=0.01, decay=50.0, epsilon=1e-12)
    configuration = _configuration(
        network, optimiser=optimiser, steps=1, loss="squares",
        initialisation=Initialisation(kind="linear-layers", scale=1.0))
    run = train(configuration, seeds=[3], folder=tmp_path).runs[0]
    before = initial_tensors(configuration, 3)
    assert abs(before["U"]).max() <= 1 / np.sqrt(8)
    assert abs(before["W"]).max() <= 1 / np.sqrt(5)
    plain = engine_of(configuration.but(optimiser=SGD))
    import jax

    with jax.enable_x64(True):
        fixed = jax.tree.map(lambda leaf: leaf[0], plain.data([3]))
        gradient = plain.model.unpack({
            n: np.asarray(g)
            for n, g in plain.gradient(plain.model.pack(before), fixed, 0).items()})
    for name, tensor in before.items():
        pull = gradient[name] + optimiser.decay * tensor
        assert run.weights[name] - tensor == pytest.approx(-0.01 * np.sign(pull), abs=1e-6)


def test_the_optimiser_is_that_of_optax(tmp_path):
    """Three steps of AdamW with warm-up equal optax on the flat arrays with the same gradients."""
    import jax
    import optax

    from verify.methods.training.engine import engine_of

    optimiser = Optimiser(kind="adamw", rate=0.01, decay=0.5, warm_up=2)
    configuration = _configuration(NETWORKS["relu"], optimiser=optimiser, steps=3)
    run = train(configuration, seeds=[1], folder=tmp_path).runs[0]
    engine = engine_of(configuration)
    with jax.enable_x64(True):
        fixed = jax.tree.map(lambda leaf: leaf[0], engine.data([1]))
        parameters = engine.model.pack(initial_tensors(configuration, 1))
        parameters = {k: jax.numpy.asarray(v) for k, v in parameters.items()}
        plain = optax.adamw(
            lambda n: 0.01 * jax.numpy.minimum(n / 2, 1.0), b1=0.9, b2=0.98, weight_decay=0.5
        )
        state = plain.init(parameters)
        gradient_at = jax.jit(engine.gradient)
        for n in range(3):
            gradient = gradient_at(parameters, fixed, n)
            updates, state = plain.update(gradient, state, parameters)
            parameters = optax.apply_updates(parameters, updates)
    for name, tensor in engine.model.unpack(parameters).items():
        assert run.weights[name] == pytest.approx(np.asarray(tensor), abs=1e-12)


def test_random_batches_estimate_the_gradient(tmp_path):
    """The mean gradient over many random batches is the full gradient, within its error."""
    import jax

    from verify.methods.training.engine import engine_of

    network = NETWORKS["three inputs"]
    start = Initialisation(scale=1.0)
    full = engine_of(_configuration(network, initialisation=start))
    batches = engine_of(_configuration(network, initialisation=start, data=Data(batch=8)))
    with jax.enable_x64(True):
        parameters = full.model.pack(initial_tensors(full.configuration, 0))
        parameters = {k: jax.numpy.asarray(v) for k, v in parameters.items()}
        one = jax.tree.map(lambda leaf: leaf[0], full.data([0]))
        exact = jax.jit(full.gradient)(parameters, one, 0)["W"]
        drawn = jax.tree.map(lambda leaf: leaf[0], batches.data([0]))
        estimate = jax.jit(jax.vmap(lambda n: batches.gradient(parameters, drawn, n)["W"]))
        each = estimate(jax.numpy.arange(2000))
        error = each.std(0) / 2000**0.5
        assert abs(each.mean(0) - exact).max() < 5 * error.max()


def test_single_frequency_neurons_start_with_one_frequency():
    """Each row has the stated magnitude at one frequency and nothing elsewhere, and all
    frequencies occur equally often up to one."""
    network = Shared(modulus=11, width=23)
    start = Initialisation(kind="single-frequency", scale=0.02)
    tensors = initial_tensors(_configuration(network, initialisation=start), 5)
    found = []
    for rows in (tensors["W_in"], tensors["W_out"].T):
        magnitudes = 2 / 11 * abs(np.fft.rfft(rows, axis=1))
        assert np.sort(magnitudes, axis=1)[:, -1] == pytest.approx(0.02)
        assert np.sort(magnitudes, axis=1)[:, :-1] == pytest.approx(0, abs=1e-15)
        found.append(magnitudes.argmax(1))
    assert (found[0] == found[1]).all()
    counts = np.bincount(found[0])[1:]
    assert counts.min() == 4
    assert counts.max() == 5


def test_equal_magnitudes_start_equal():
    """Every frequency of every neuron has the stated magnitude, and there is no constant part."""
    start = Initialisation(kind="equal-magnitude", scale=0.5)
    configuration = _configuration(Power(inputs=3, modulus=7, width=4), initialisation=start)
    tensors = initial_tensors(configuration, 0)
    for rows in (tensors["U"], tensors["W"]):
        hat = 2 / 7 * abs(np.fft.rfft(rows, axis=-1))
        assert hat[..., 0] == pytest.approx(0, abs=1e-15)
        assert hat[..., 1:] == pytest.approx(0.5)


def test_the_official_split_has_396_of_529_pairs():
    """The first ⌊0.75·p²⌋ pairs of a random order are trained on, the others held out."""
    configuration = _configuration(Shared(modulus=23, width=1), data=Data(share=0.75))
    chosen, rest = split(configuration, 0)
    assert (len(chosen), len(rest)) == (396, 133)
    assert sorted([*chosen, *rest]) == list(range(529))
    assert list(chosen) != list(split(configuration, 1)[0])


def test_a_seed_gives_the_same_network_whatever_is_trained_beside_it(tmp_path):
    """The same seed alone, among others, and again in another folder gives the same bits."""
    configuration = _configuration(NETWORKS["relu"], steps=30, record_every=10, checkpoint_every=10)
    alone = train(configuration, seeds=[3], folder=tmp_path / "a").runs[0]
    among = train(configuration, seeds=range(11), folder=tmp_path / "b", jobs=2).runs[3]
    assert alone.metrics == among.metrics
    for name, tensor in alone.weights.items():
        assert (tensor == among.weights[name]).all()
    other = train(configuration, seeds=[4], folder=tmp_path / "a").runs[0]
    assert other.final != alone.final


def test_finished_runs_are_read_and_not_run_again(tmp_path, monkeypatch):
    """A second call reads the cache named by FLVERIFY_CACHE and trains nothing."""
    monkeypatch.setenv("FLVERIFY_CACHE", str(tmp_path))
    configuration = _configuration(NETWORKS["relu"])
    first = train(configuration, seeds=2)
    monkeypatch.setattr("verify.methods.training.ensemble._train", _refuse)
    again = train(configuration.but(name="t"), seeds=2)
    assert [r.metrics for r in again.runs] == [r.metrics for r in first.runs]
    assert first.runs[0].folder.is_relative_to(tmp_path)


def _refuse(*_):
    raise AssertionError("trained again")


def test_a_hash_names_everything_but_the_name():
    """Configurations that differ in one number have different hashes; the name does not count."""
    configuration = _configuration(NETWORKS["relu"])
    assert configuration.but(name="other").digest == configuration.digest
    assert configuration.but(steps=5).digest != configuration.digest
    assert configuration.but(dtype="float32").digest != configuration.digest


@pytest.mark.parametrize("name", NETWORKS)
def test_a_configuration_survives_json(name):
    """Reading back what was written gives the same configuration."""
    configuration = _configuration(
        NETWORKS[name],
        penalty=Penalty(coefficient=1e-4, power=3) if NETWORKS[name].has_neurons else None,
        stop=Plateau(start=400, every=200, loss=1e-3, accuracy=1e-3),
    )
    assert Configuration.of(json.loads(json.dumps(configuration.json()))) == configuration


@pytest.mark.parametrize("network", [NETWORKS["relu"], Shared(modulus=23, width=96)])
def test_an_interrupted_run_resumes_to_the_same_bits(network, tmp_path):
    """Metrics and weights after an interruption equal those of an uninterrupted run, both when
    seeds share a program and when each has its own; a torn last line does no harm."""
    configuration = _configuration(
        network,
        optimiser=Optimiser(kind="adamw", rate=1e-2, decay=0.1, warm_up=3),
        data=Data(share=0.75),
        steps=95,
        record_every=5,
        checkpoint_every=20,
    )
    whole = train(configuration, seeds=[1], folder=tmp_path / "a").runs[0]

    def stop(seed, step):
        if step >= 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(configuration, seeds=[1], folder=tmp_path / "b", progress=stop)
    (lines,) = (tmp_path / "b").glob("*/seed-1/metrics.jsonl")
    assert [json.loads(x)["step"] for x in lines.read_text().splitlines()][-1] == 40
    with lines.open("a") as stream:
        stream.write('{"step": 45, "train_lo')
    resumed = train(configuration, seeds=[1], folder=tmp_path / "b").runs[0]
    assert resumed.metrics == whole.metrics
    assert [r["step"] for r in whole.metrics] == [*range(0, 100, 5)]
    assert resumed.steps == whole.steps == [0, 20, 40, 60, 80, 95]
    for name, tensor in whole.weights.items():
        assert (tensor == resumed.weights[name]).all()


_KILLED = """
import sys
from pathlib import Path
from verify.methods.training import Configuration
import json
from verify.methods.training import train
c = Configuration.of(json.loads(sys.argv[1]))
def tell(seed, step):
    print(step, flush=True)
train(c, seeds=[0], folder=Path(sys.argv[2]), progress=tell)
"""


@pytest.mark.slow
def test_a_killed_process_resumes_to_the_same_bits(tmp_path):
    """After SIGKILL at any moment the run goes on to what an undisturbed run gives."""
    configuration = _configuration(
        Shared(modulus=11, width=64), steps=3000, record_every=50, checkpoint_every=100
    )
    command = [sys.executable, "-c", _KILLED, json.dumps(configuration.json()), str(tmp_path / "a")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if int(line) >= 500:
            break
    time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not list((tmp_path / "a").glob("*/seed-0/run.json"))
    resumed = train(configuration, seeds=[0], folder=tmp_path / "a").runs[0]
    whole = train(configuration, seeds=[0], folder=tmp_path / "b").runs[0]
    assert resumed.metrics == whole.metrics
    for name, tensor in whole.weights.items():
        assert (tensor == resumed.weights[name]).all()


def test_a_run_that_diverges_is_recorded_with_its_reason(tmp_path):
    """A loss that is not a number ends the run at its step; statistics refuse to leave it out."""
    configuration = _configuration(
        NETWORKS["quadratic"],
        optimiser=Optimiser(kind="sgd", rate=1e6),
        steps=40,
        record_every=1,
        checkpoint_every=10,
    )
    ensemble = train(configuration, seeds=2, folder=tmp_path)
    assert {run.status for run in ensemble.runs} == {"diverged"}
    assert "at step" in ensemble.runs[0].reason
    assert all(np.isfinite(r["train_loss"]) for r in ensemble.runs[0].metrics)
    with pytest.raises(ValueError, match="diverged"):
        ensemble.mean("train_loss")
    assert ensemble.share(lambda run: True).estimate == 0
    again = train(configuration, seeds=2, folder=tmp_path)
    assert again.runs[0].reason == ensemble.runs[0].reason


def test_spectral_metrics_are_those_of_the_weights(tmp_path):
    """Participation, largest share and misalignment equal those of numpy's Fourier transform, for
    a shared and for separate embeddings."""
    for network in (Shared(modulus=7, width=5), Power(inputs=3, modulus=7, width=5)):
        run = train(_configuration(network), seeds=[0], folder=tmp_path).runs[0]
        w = run.weights
        shared = network.kind == "shared"
        layers = [w["W_in"], w["W_out"].T] if shared else [*np.moveaxis(w["U"], 1, 0), w["W"]]
        hats = [np.fft.rfft(rows, axis=1)[:, 1:] for rows in layers]
        energies = [abs(h) ** 2 for h in hats]
        shares = [e / e.sum(1, keepdims=True) for e in energies]
        assert run.final["participation"] == pytest.approx(
            np.mean([(s**2).sum(1).mean() for s in shares])
        )
        assert run.final["largest_share"] == pytest.approx(
            np.mean([s.max(1).mean() for s in shares])
        )
        first = sum(np.maximum(abs(h.real), abs(h.imag)) for h in hats[:-1])
        at = first.argmax(1), np.arange(5)
        angles = [np.angle(h)[at[1], at[0]] for h in hats]
        inputs = 2 * angles[0] if shared else sum(angles[:-1])
        expected = abs(np.sin(inputs - angles[-1])).mean()
        assert run.final["misalignment"] == pytest.approx(expected)


def test_a_neuron_that_decays_to_nothing_is_no_divergence(tmp_path):
    """Weights whose squares underflow in float32 leave every metric a number."""
    configuration = _configuration(
        NETWORKS["relu"],
        optimiser=Optimiser(kind="adamw", rate=1e-3, decay=900.0),
        steps=60,
        record_every=10,
        checkpoint_every=20,
        dtype="float32",
    )
    run = train(configuration, seeds=[0], folder=tmp_path).runs[0]
    assert run.status == "finished"
    assert run.final["participation"] >= 0


def test_a_plateau_stops_the_run(tmp_path):
    """A run ends at the first multiple at which nothing moved by the stated amounts."""
    configuration = _configuration(
        NETWORKS["relu"],
        optimiser=Optimiser(kind="sgd", rate=1e-9),
        steps=100,
        record_every=5,
        checkpoint_every=5,
        stop=Plateau(start=30, every=10, loss=1e-3, accuracy=1e-3),
    )
    run = train(configuration, seeds=[0], folder=tmp_path).runs[0]
    assert (run.status, run.step, run.final["step"]) == ("finished", 30, 30)


def test_the_embedding_is_shared_by_symmetry(tmp_path):
    """Over a whole table of pairs, even and odd moduli, every ordered pair has one row with its
    label, and rows of unequal pairs stand for two."""
    from verify.methods.training.losses import Squares
    from verify.methods.training.models import SharedModel

    for p in (2, 3, 4, 5, 8, 9):
        table = SharedModel(Shared(modulus=p, width=1), Squares()).table()
        x, y = np.divmod(np.arange(p * p), p)
        assert (table.labels[table.orbits] == (x + y) % p).all()
        assert table.counts(np.arange(p * p)).sum() == p * p
        if p % 2:
            assert len(table.labels) == p * (p + 1) // 2


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Shared(modulus=5, width=0), "width of at least 1"),
        (lambda: Shared(modulus=5, width=3, activation="tanh"), "relu or u"),
        (lambda: Power(inputs=0, modulus=5, width=3), "at least 1 input"),
        (lambda: Optimiser(kind="rprop", rate=1), "sgd, adam or adamw"),
        (lambda: Optimiser(kind="sgd", rate=float("nan")), "positive rate"),
        (lambda: Optimiser(kind="sgd", rate=1, decay=1), "adamw"),
        (lambda: Data(share=0), "share of the inputs"),
        (lambda: Initialisation(kind="zero"), "random"),
        (lambda: _configuration(NETWORKS["relu"], steps=0), "at least 1 step"),
        (lambda: _configuration(NETWORKS["relu"], dtype="float16"), "float64 or float32"),
        (lambda: _configuration(NETWORKS["relu"], record_every=3), "multiple of record_every"),
        (lambda: _configuration(Power(inputs=5, modulus=23, width=1)), "without data.batch"),
        (lambda: train(_configuration(NETWORKS["relu"]), seeds=0), "at least one seed"),
        (lambda: train(_configuration(NETWORKS["relu"]), seeds=[1, 1]), "once"),
    ],
)
def test_bad_configurations_are_refused_before_anything_runs(make, message):
    """Values that cannot be trained raise an error that says what was expected."""
    with pytest.raises(ConfigurationError, match=message):
        make()


def test_a_rate_that_has_fallen_to_zero_moves_nothing(tmp_path):
    """From the end of its cooling on a run stands still, and before that it moves."""
    configuration = _configuration(
        NETWORKS["quadratic"],
        optimiser=Optimiser(kind="adam", rate=0.01, cooling=(10, 20)),
        steps=40,
        record_every=10,
        checkpoint_every=10,
    )
    assert Configuration.of(configuration.json()) == configuration
    run = train(configuration, seeds=1, folder=tmp_path).runs[0]
    losses = [record["train_loss"] for record in run.metrics]
    assert len({*losses[:3]}) == 3
    assert losses[2] == losses[3] == losses[4]
