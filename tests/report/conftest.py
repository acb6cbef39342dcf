"""A synthetic ledger with every verdict; its verdicts exercise the report and settle nothing."""

import copy
import json
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def _stored_ledger():
    return json.loads((DATA / "ledger.json").read_text("utf-8"))


@pytest.fixture
def ledger(_stored_ledger):
    """A fresh copy, so a test may change it."""
    return copy.deepcopy(_stored_ledger)


@pytest.fixture
def certificates_root():
    """The folder that the ledger's certificate paths are relative to."""
    return DATA


@pytest.fixture
def claim(ledger):
    """Look up a claim of the ledger by id."""
    return lambda identifier: next(c for c in ledger["claims"] if c["id"] == identifier)
