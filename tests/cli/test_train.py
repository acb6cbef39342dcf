"""``verify train``: names, errors, results and what it leaves behind."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from verify.claims.configurations import named, names
from verify.cli import main


def _invoke(*arguments):
    return CliRunner().invoke(main, ["train", *map(str, arguments)])


def test_every_name_has_a_configuration_at_its_source():
    """Each listed name gives a configuration with its name and its source's modulus."""
    for name, modulus in names().items():
        configuration = named(name)
        assert configuration.name == name
        assert configuration.network.modulus == modulus


def test_without_a_name_the_configurations_are_listed():
    """The list names each configuration once, with its modulus."""
    result = _invoke()
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == list(names())


def test_the_official_widths_follow_the_modulus():
    """M = max(512, ⌈512p²/529⌉) is 512, 512, 814, 931 at p = 15, 23, 29, 31."""
    widths = [named("he.standard", p).network.width for p in (15, 23, 29, 31)]
    assert widths == [512, 512, 814, 931]


def test_a_run_is_reported_and_kept(tmp_path):
    """Losses are shown, and checkpoints and metrics lie in the folder."""
    result = _invoke(
        "he.standard", "--modulus", 3, "--width", 4, "--steps", 5, "--seeds", 2, "--out", tmp_path
    )
    assert result.exit_code == 0, result.output
    assert "train loss" in result.output
    assert len(list(tmp_path.glob("*/seed-*/5.safetensors"))) == 8  # small networks go by eights
    assert len(list(tmp_path.glob("*/seed-0/metrics.jsonl"))) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["he.standart"], "did you mean he.standard"),
        (["he.standard", "--modulus", "22"], "odd moduli from 3"),
        (["he.grokking", "--modulus", "17"], "odd moduli from 19"),
        (["he.standard", "--seeds", "0"], "at least one seed"),
        (["he.standard", "--width", "0"], "width of at least 1"),
        (["he.standard", "--steps", "0"], "at least 1 step"),
        (["fc.attention-k3", "--width", "5"], "--width is for"),
        (["fc.grok-transformer-k3", "--width", "5"], "--width is for"),
    ],
)
def test_wrong_usage_is_told_before_anything_runs(arguments, message, tmp_path):
    """Exit status 2 and a line that says what was expected."""
    result = _invoke(*arguments, "--out", tmp_path)
    assert result.exit_code == 2
    assert message in result.output
    assert not list(tmp_path.iterdir())


def test_a_run_that_diverges_has_exit_status_1(tmp_path, monkeypatch):
    """The reason is shown."""
    import verify.claims.configurations as configurations
    from verify.methods.training import Configuration, Optimiser, Shared

    wild = Configuration(
        name="wild",
        network=Shared(modulus=3, width=4, activation="u^2"),
        optimiser=Optimiser(kind="sgd", rate=1e9),
        steps=200,
        record_every=10,
    )
    monkeypatch.setattr(configurations, "named", lambda name, modulus: wild)
    result = _invoke("wild", "--out", tmp_path)
    assert result.exit_code == 1
    assert "diverged" in result.output
