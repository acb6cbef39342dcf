"""The decoupled flow of a frequency, and the blow-up times of its starts."""

from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constructions.dynamics import Mode, blow_up_times, mode_flow
from constructions.dynamics.mode_flow import derivative
from constructions.numbers import LaurentPolynomial
from verify.claims.modular_addition.dynamics_lottery import leads


def _loss_gradient(theta, xi):
    """The descent direction of the summed cross-entropy at tiny weights, by its definition."""
    p = len(theta)
    d_theta, d_xi = np.zeros(p), np.zeros(p)
    for x in range(p):
        for y in range(p):
            inner = theta[x] + theta[y]
            logits = xi * inner**2
            error = -np.exp(logits) / np.exp(logits).sum()
            error[(x + y) % p] += 1
            d_xi += error * inner**2
            for t in (x, y):
                d_theta[t] += 2 * inner * (error @ xi)
    return d_theta, d_xi


@pytest.mark.parametrize(("p", "k"), [(5, 1), (7, 3), (9, 3)])
def test_flow_is_the_gradient_of_the_cross_entropy(p, k):
    """At small weights the exact gradient, projected on the frequency, is the derived field."""
    generator = np.random.default_rng(p)
    values = dict(zip("abcd", generator.normal(size=4) * 1e-4, strict=True))
    angle = 2 * np.pi * k * np.arange(p) / p
    theta = values["a"] * np.cos(angle) - values["b"] * np.sin(angle)
    xi = values["c"] * np.cos(angle) - values["d"] * np.sin(angle)
    d_theta, d_xi = _loss_gradient(theta, xi)
    found = [
        2 / p * d_theta @ np.cos(angle), -2 / p * d_theta @ np.sin(angle),
        2 / p * d_xi @ np.cos(angle), -2 / p * d_xi @ np.sin(angle),
    ]
    expected = [
        complex(rate.evaluate({**values, "p": float(p)})).real
        for rate in mode_flow().rates.values()
    ]
    assert np.allclose(found, expected, rtol=1e-6, atol=1e-16)


def test_derivative_of_a_polynomial():
    """x³y² differentiates to 3x²y² and 2x³y; constants to 0."""
    x, y = LaurentPolynomial.symbol("x"), LaurentPolynomial.symbol("y")
    assert derivative(x**3 * y**2, "x") == 3 * x**2 * y**2
    assert derivative(x**3 * y**2, "y") == 2 * x**3 * y
    assert derivative(LaurentPolynomial.constant(2) + y, "x").is_zero()


_MAGNITUDES = st.fractions(F(1, 4), F(3), max_denominator=12)
_SLOPES = st.fractions(F(-3), F(3), max_denominator=9)  # tan(D/2)


def _mode(alpha, beta, slope, **rest):
    square = 1 + slope**2
    return Mode(
        alpha=alpha, beta=beta, cosine=(1 - slope**2) / square, sine=2 * slope / square, **rest
    )


@settings(max_examples=40, deadline=None)
@given(alpha=_MAGNITUDES, beta=_MAGNITUDES, slope=_SLOPES)
def test_floats_agree_with_balls(alpha, beta, slope):
    """The vectorised times lie near the certified ones; D and −D agree; p only scales time."""
    ball = _mode(alpha, beta, slope).blow_up_time()
    angle = 2 * np.arctan(float(slope))
    near = blow_up_times(np.array([float(alpha)]), np.array([float(beta)]), np.array([angle]))
    assert abs(near[0] / float(ball) - 1) < 1e-6
    assert ball.relative_width() < F(1, 10**12)
    mirrored = _mode(alpha, beta, -slope, modulus=7).blow_up_time()
    assert (7 * mirrored).arb.overlaps(ball.arb)


def test_a_start_solves_the_flow_to_its_blow_up():
    """Runge–Kutta steps of the complex flow are still finite shortly before the time, and large."""
    mode = _mode(F(1), F(1, 2), F(2))
    end = float(mode.blow_up_time()) - 1e-3
    z, w = complex(1), 0.5 * np.exp(-2j * np.arctan(2))
    steps = 20_000
    h = end / steps

    def rate(z, w):
        return 2 * np.conj(z) * w, z**2

    for _ in range(steps):
        k1 = rate(z, w)
        k2 = rate(z + h / 2 * k1[0], w + h / 2 * k1[1])
        k3 = rate(z + h / 2 * k2[0], w + h / 2 * k2[1])
        k4 = rate(z + h * k3[0], w + h * k3[1])
        z += h / 6 * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0])
        w += h / 6 * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1])
    # near the end β ≈ 1/(2(T − t))
    assert abs(abs(w) * 2e-3 - 1) < 0.05


@pytest.mark.parametrize(("values", "words"), [
    ({"alpha": F(0)}, "positive magnitudes"),
    ({"cosine": F(1, 2)}, "cos² + sin² = 1"),
    ({"alpha": 0.5}, "float"),
])
def test_wrong_starts_are_named(values, words):
    """The first violated requirement is named."""
    start = {"alpha": F(1), "beta": F(1), "cosine": F(1), "sine": F(0)}
    with pytest.raises((TypeError, ValueError), match=words.replace("²", ".").replace("+", r"\+")):
        Mode(**{**start, **values})


def test_opposite_phases_have_no_time():
    """At D = π the magnitudes need not grow, and no time is returned."""
    mode = Mode(alpha=F(1), beta=F(1), cosine=F(-1), sine=F(0))
    with pytest.raises(ValueError, match="D = π"):
        mode.blow_up_time()


def _leads_by_steps(angle, top):
    """β ratio of the first to the second frequency when the first reaches `top`, one start."""
    z, w = np.ones_like(angle) + 0j, np.exp(-1j * angle)
    h = 2e-4
    while np.abs(w).max() < top:
        middle = z + h * np.conj(z) * w, w + h / 2 * z**2
        z, w = z + 2 * h * np.conj(middle[0]) * middle[1], w + h * middle[0] ** 2
    sizes = np.sort(np.abs(w))
    return sizes[-1] / sizes[-2]


def test_leads_agree_with_the_flow():
    """The share of starts with a twofold lead, by times and by steps of the flow, is the same."""
    count, p = 40, 11
    counted = leads(np.random.default_rng(5), count, p=p, kappa="3/50", ratio=2)
    angles = np.random.default_rng(5).uniform(0, np.pi, size=(count, (p - 1) // 2))
    stepped = [_leads_by_steps(angle, 5.0) >= 2 for angle in angles]
    assert counted == sum(stepped)
