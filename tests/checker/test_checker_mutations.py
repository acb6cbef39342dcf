"""Accepted certificates with one value changed: rejected, or still true by an independent count.

The oracle (`oracle.py`) decides in floats what a document says.  Besides the examples, documents
that the registry's own checks emit are changed.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checker.examples import EXAMPLES
from tests.checker.mutations import at, mutations, positions, replaced
from tests.checker.oracle import ORACLES, truth
from tests.checker.test_checker_every_k import ACCEPTED
from verify.checker import KINDS, check_document, limits
from verify.claims import registry
from verify.core.claim import Context

DOCUMENTS = {**EXAMPLES, **{f"every-k {name}": c for name, c in ACCEPTED.items()}}
# Quick claims that emit, together, certificates of all the kinds about margins.
EMITTING = (
    "fc.main.value", "fc.cand.gamma-even-3", "fc.cand.gamma-even-1", "fc.cand.gamma-k1",
    "fc.cand.bound-even", "fc.cand.cos-sum", "fc.min-as-expectation", "mor.parity.value",
    "fc.cand.p5-one-frequency.root", "fc.polarisation.general",
    "mor.tau", "fc.cand.group-s3", "fc.need-exponential.large-modulus",
)


@pytest.fixture(autouse=True)
def small_budget(monkeypatch):
    """A mutant that asks for much more work than its original is turned down early."""
    monkeypatch.setattr(limits, "MAX_STEPS", 300_000)


def emitted() -> dict[str, dict]:
    """Certificates of registered claims, as the ledger would write them."""
    found = {}
    for claim in registry().select(list(EMITTING)):
        for check in claim.checks:
            for name, body in check.run(Context()).certificates.items():
                document = {"format": "verify-certificate/1", "claim": claim.id, **body}
                found[f"{claim.id} {check.name} {name}"] = json.loads(json.dumps(document))
    return found


@pytest.fixture(scope="module")
def registered():
    """Certificates of registered claims that are short enough to change many times."""
    return {name: c for name, c in emitted().items() if len(json.dumps(c)) < 4000}


def sampled(document: dict, count: int) -> list[tuple[str, dict]]:
    """Some of the mutations, the same ones in every run."""
    every = list(mutations(document))
    return Random(len(every)).sample(every, min(count, len(every)))


def require_rejected_or_true(document: dict, count: int) -> int:
    """Asserts it of some mutations; returns how many were rejected."""
    rejected = 0
    for change, mutant in sampled(document, count):
        result = check_document(mutant)
        assert not result.reason.startswith("malformed:"), (change, result.reason)
        if result.accepted:
            assert truth(mutant) is not False, change
        rejected += not result.accepted
    return rejected


@pytest.mark.parametrize("name", DOCUMENTS)
def test_example_is_not_false(name):
    """The oracle never contradicts an example."""
    assert truth(DOCUMENTS[name]) is not False


def test_oracle_decides_every_kind_it_knows():
    """Of each of its kinds it calls an example true, so its word on a mutant means something."""
    assert set(ORACLES) <= set(KINDS)
    assert {c["kind"] for c in DOCUMENTS.values() if truth(c)} == set(ORACLES)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_changed_example_is_rejected_or_true(name):
    """One number, name, key, entry or sign is changed: nothing false is accepted."""
    assert require_rejected_or_true(DOCUMENTS[name], 20) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_change_of_an_example_is_rejected_or_true(name):
    """The same for up to 150 changes of each example."""
    assert require_rejected_or_true(DOCUMENTS[name], 150) > 0


def test_registry_emits_true_certificates(registered):
    """The certificates of these claims are of many kinds, accepted, and the oracle agrees."""
    assert len({c["kind"] for c in registered.values()}) >= 12
    for name, certificate in registered.items():
        assert check_document(certificate).accepted, name
        assert truth(certificate) in (True, None), name


def test_changed_certificate_of_the_registry_is_rejected_or_true(registered):
    """What the suite itself emits survives no false change either."""
    assert sum(require_rejected_or_true(c, 4) for c in registered.values()) > 2 * len(registered)


def falsified(document: dict) -> Iterator[tuple[str, dict]]:
    """Mutants that say something false, whatever the numbers are."""
    lists = [("relations",), ("class_relations", "formulas")]
    for path in [p for p in lists if p[0] in document]:
        for i, formula in enumerate(at(document, path)):
            yield f"not {path} {i}", replaced(document, (*path, i), {"not": formula})
    if document["kind"] == "statement" and not document.get("formal"):
        yield "holds", replaced(document, ("holds",), not document["holds"])
    if document["kind"] == "order-chain" and "<=" in document["goal"]:
        yield "goal", replaced(document, ("goal", "<="), document["goal"]["<="][::-1])
    scaled = [("value",), ("value", "numerator"), ("width",), ("size",), ("terms",), ("loss",),
              ("coefficient",), ("failure",), ("left", 0, "coefficient"),
              ("maximisers", "amplitude_squared"), ("maximisers", "transform_squared"),
              *((("derived", name, "numerator")) for name in document.get("derived", {}))]
    for path in scaled:
        try:
            value = at(document, path)
        except (KeyError, TypeError):
            continue
        if isinstance(value, dict) and set(value) & {"numerator", "coefficient"}:
            continue
        factor = "1000000001/1000000000"
        yield f"{path} scaled", replaced(document, path, {"*": [value, factor]})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_false_example_is_rejected(name):
    """A negated relation, a value off by one part in 10^9, a reversed goal: all rejected."""
    for change, mutant in falsified(DOCUMENTS[name]):
        assert not check_document(mutant).accepted, change


def test_false_certificate_of_the_registry_is_rejected(registered):
    """The same for what the registry emits; most of its certificates can be falsified so."""
    hit = 0
    for name, certificate in registered.items():
        for change, mutant in falsified(certificate):
            assert not check_document(mutant).accepted, (name, change)
            hit += 1
    assert hit > len(registered) / 2


numbers = st.integers(-10**12, 10**12) | st.builds("{}/{}".format, st.integers(), st.integers(0))
words = st.sampled_from(sorted({
    text for c in DOCUMENTS.values() for p in positions(c)
    for text in (p[-1], at(c, p)) if isinstance(text, str)}))
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | numbers | words | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=2),
    max_leaves=8)


SHARED = [HealthCheck.function_scoped_fixture]  # the small budget is the same for all examples


@st.composite
def damaged(draw):
    """An example with one to three values replaced by random JSON."""
    document = deepcopy(draw(st.sampled_from(list(DOCUMENTS.values()))))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(positions(document)) or [("kind",)]))
        at(document, path[:-1])[path[-1]] = draw(json_values)
    return document


@settings(max_examples=300, deadline=None, suppress_health_check=SHARED)
@given(damaged())
def test_damaged_document_is_judged_without_an_error(document):
    """No JSON makes the checker raise; its answer is the same twice, within its budget."""
    result = check_document(document)
    assert isinstance(result.reason, str)
    assert not result.accepted or limits._spent <= limits.MAX_STEPS
    assert check_document(document) == result
    if result.accepted and len(json.dumps(document)) < 3000:
        assert truth(document) is not False


@settings(max_examples=150, deadline=None, suppress_health_check=SHARED)
@given(st.dictionaries(words, json_values, max_size=5), st.sampled_from(sorted(KINDS)))
def test_random_document_is_judged_without_an_error(document, kind):
    """Neither does JSON that was never a certificate."""
    document |= {"format": "verify-certificate/1", "claim": "x", "kind": kind}
    assert isinstance(check_document(document).reason, str)
