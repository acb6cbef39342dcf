"""Checkpoints that other people published; the tests that need them are skipped without them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDER = Path(os.environ.get("FLVERIFY_DATA") or _BESIDE) / "he2026"
needs_runs = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"the published checkpoints are not at {FOLDER}; FLVERIFY_DATA names their folder",
)

QUADRATIC = "p_23_dmlp_512_Quad_random_scale_0.1_decay_0_08151413"
QUADRATIC_SINGLE = "p_23_dmlp_512_Quad_single-freq_scale_0.02_decay_0_08151819"
RELU = "p_23_dmlp_512_ReLU_random_scale_0.1_decay_0_08142058"
RELU_SINGLE = "p_23_dmlp_512_ReLU_single-freq_scale_0.002_decay_0_08151833"
GROKKING = "p_23_dmlp_512_ReLU_random_scale_0.1_decay_2.0_08180102"
RUNS = (QUADRATIC, QUADRATIC_SINGLE, RELU, RELU_SINGLE, GROKKING)
