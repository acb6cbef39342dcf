"""Certificates of runs, built from balls and decided by the independent checker."""

import json
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.checker import check_document
from verify.formula import sqrt, var
from verify.methods.enclosure import (
    CERTIFIED,
    NotCertified,
    Settings,
    System,
    at,
    blow_up,
    crossing,
    during,
    exp,
    integrate,
    ode_certificate,
    sine,
)

ROTATION = System.of(lambda x, y: (y, -x), "x y")
px, py = var("x"), var("y")


def verdict(certificate):
    """What the checker says about the JSON text of a certificate."""
    document = {"format": "verify-certificate/1", "claim": "test", **certificate}
    return check_document(json.loads(json.dumps(document)))


@settings(max_examples=12, deadline=None)
@given(
    a=st.fractions(F(-1), F(1), max_denominator=20),
    x=st.fractions(F(-1), F(1), max_denominator=20),
    width=st.sampled_from([F(0), F(1, 1000), F(1, 50)]),
)
def test_random_runs_are_certified(a, x, width):
    """Whatever integrates in balls is certified, with the enclosure at the end as assertion."""
    system = System.of(lambda x, y: (y - a * x, -sine(x) + exp(-y) / 3), "x y")
    run = integrate(system, {"x": (x, x + width), "y": F(1, 3)}, until=2, settings=CERTIFIED)
    assert run.outcome.success
    end = run.end["x"]
    room = end.upper() - end.lower() + F(1, 10**9)  # the checker rounds more
    inside = (end.lower() - room < px) & (end.upper() + room > px)
    result = verdict(ode_certificate(run, [at(-1, inside)]))
    assert result.accepted, result.reason
    assert result.facts["time"] == "2"


@settings(max_examples=4, deadline=None)
@given(
    a=st.fractions(F(-1), F(1), max_denominator=20),
    x=st.fractions(F(-1), F(1), max_denominator=20),
)
def test_sets_of_a_certificate_contain_a_precise_solution(a, x):
    """The checker's sets, which nobody but itself has computed, contain the solution that a run
    with three times the bits encloses far more narrowly.
    """
    system = System.of(lambda x, y: (y - a * x * x, -sine(x) / (2 + y * y)), "x y")
    run = integrate(system, {"x": x, "y": F(1, 3)}, until=1, settings=CERTIFIED)
    certificate = ode_certificate(run, [at(-1, (px > -9) | (px < 9))])
    scale = 2 ** certificate["bits"]
    for number, entry in enumerate(certificate["steps"]):
        time = sum(F(step["length"]) for step in certificate["steps"][: number + 1])
        precise = integrate(system, {"x": x, "y": F(1, 3)}, until=time, settings=Settings(bits=300))
        for i, name in enumerate("xy"):
            room = sum(abs(q) * r for q, r in zip(entry["frame"][i], entry["radii"], strict=True))
            centre, radius = F(entry["centre"][i], scale), F(room, scale**2)
            ball = precise.end[name]
            assert centre - radius <= ball.lower()
            assert ball.upper() <= centre + radius
            assert ball.width() < radius


def test_long_rotation_of_a_box():
    """Thirty turns of a box: frames keep the certificate from wrapping."""
    run = integrate(ROTATION, {"x": (F(9, 10), F(11, 10)), "y": 0}, until=188, settings=CERTIFIED)
    certificate = ode_certificate(run, [at(-1, px**2 + py**2 < F(123, 100)),
                                        at(-1, px**2 + py**2 > F(79, 100))])
    assert verdict(certificate).accepted
    assert not verdict({**certificate, "assertions": [{"at": len(run.steps), "holds": {
        "<": [var("x").node, "9/10"]}}]}).accepted


def test_invariant_at_all_times():
    """Short steps have tight a-priori boxes, so that a bound holds during the whole run."""
    run = integrate(ROTATION, {"x": 1, "y": 0}, until=3,
                    settings=Settings(bits=96, tolerance=F(1, 2**40), max_step=F(1, 32)))
    result = verdict(ode_certificate(run, [during(0, -1, px**2 + py**2 < F(11, 10))]))
    assert result.accepted, result.reason


def test_events_are_certified():
    """Crossing and blow-up carry their assertions."""
    event = crossing(ROTATION, {"x": 0, "y": 1}, sqrt(px + 1) - F(6, 5), until=3,
                     settings=CERTIFIED)
    result = verdict(ode_certificate(event.run, [event.assertion]))
    assert result.accepted, result.reason
    assert "crosses between" in result.facts["assertion 0"]
    system = System.of(lambda a, u, s: (4 * s, 2 * s, a * (4 * u + a)), "a u s")
    event = blow_up(system, {"a": 1, "u": 1, "s": (F(1, 2), F(501, 1000))}, leader="u",
                    weights={"a": 2, "u": 2, "s": 3}, degree=1, until=9, width=F(1, 50),
                    settings=CERTIFIED)
    certificate = ode_certificate(event.run, [event.assertion])
    result = verdict(certificate)
    assert result.accepted, result.reason
    low, high = map(F, certificate["assertions"][0]["between"])
    assert low <= event.time.upper()
    assert event.time.lower() <= high
    assert high - low < 2 * event.time.width() + F(1, 1000)


def test_parameters_as_still_variables():
    """An inexact parameter is a variable whose field is 0, also in the tail of a blow-up."""
    system = System.of(lambda x, k: (k * x**2,), "x", parameters={"k": (F(1), F(21, 20))})
    event = blow_up(system, {"x": 1}, leader="x", weights={"x": 1}, degree=1, until=9,
                    width=F(1, 5), settings=CERTIFIED)
    certificate = ode_certificate(event.run, [event.assertion])
    assert certificate["field"][1] == 0
    assert verdict(certificate).accepted
    low, high = map(F, certificate["assertions"][0]["between"])
    assert low <= F(20, 21)
    assert high >= 1


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_corrupted_numbers_are_rejected_or_harmless(data):
    """A certificate with one number changed never asserts something false.

    The assertion brackets x(2) = 1/(2 − …) so tightly that no other solution satisfies it.
    """
    certificate = deepcopy(_SQUARE)
    step = data.draw(st.sampled_from(certificate["steps"]))
    key = data.draw(st.sampled_from(["length", "centre", "radii", "field", "initial"]))
    if key == "length":
        step["length"] = str(F(step["length"]) * F(1001, 1000))
    elif key == "centre":
        step["centre"][0] += data.draw(st.sampled_from([-1, 1])) * 2**70
    elif key == "radii":
        step["radii"][0] = step["radii"][0] * 9 // 10
    elif key == "field":
        certificate["field"] = [{"*": [var("x").node, var("x").node, "1001/1000"]}]
    else:
        certificate["initial"] = [["1/4", "251/1000"]]
    assert not verdict(certificate).accepted


def _square():
    run = integrate(System.of(lambda x: (x * x,), "x"), {"x": F(1, 4)}, until=2,
                    settings=CERTIFIED)
    tight = (px > F(1, 2) - F(1, 10**7)) & (px < F(1, 2) + F(1, 10**7))
    return ode_certificate(run, [at(-1, tight)])


_SQUARE = _square()


def test_false_assertions_are_rejected():
    """What the enclosure does not imply is not accepted."""
    run = integrate(ROTATION, {"x": 1, "y": 0}, until=1, settings=CERTIFIED)
    assert verdict(ode_certificate(run, [at(-1, px > F(54, 100))])).accepted
    assert not verdict(ode_certificate(run, [at(-1, px > F(55, 100))])).accepted
    assert not verdict(ode_certificate(run, [at(0, px > 1)])).accepted


def test_wrong_proposals_are_refused():
    """A run with a wrong a-priori box gives no certificate: the step and the reason are named."""
    run = integrate(ROTATION, {"x": 1, "y": 0}, until=1, settings=CERTIFIED)
    step = run.steps[0]
    moved = replace(step, box=tuple(b + 1000 for b in step.box))
    wrong = replace(run, steps=(moved, *run.steps[1:]))
    with pytest.raises(NotCertified, match=r"step 0 at time 0: the inclusion test fails"):
        ode_certificate(wrong, [at(-1, px > 0)])
