"""Drawings of the neurons: spectra, phases, magnitudes, and how often each frequency was taken."""

from __future__ import annotations

from math import cos, pi, sin, sqrt

import numpy as np
from markupsafe import Markup

from verify.auditing.page.colours import frequency_colours, hexadecimal, picture
from verify.auditing.page.drawing import Frame, histogram, short, ticks, wrap
from verify.auditing.spectrum import PHASE_ORDERS, Spectrum, variation

_DISC = 16  # radius of the disc in a ring of radius 44
_QUARTERS = [(0, "0"), (0.25, "¼"), (0.5, "½"), (0.75, "¾"), (1, "1")]


def order(spec: Spectrum) -> np.ndarray:
    """Neurons by dominant frequency, the purest ones first."""
    return np.lexsort((-spec.share, spec.dominant))


def heat_map(
    rows: np.ndarray, neurons: np.ndarray, *, label: str, title: str, height: int = 200
) -> Markup:
    """Spectra of one layer as a picture: frequencies upwards, neurons in the given order.

    rows: (width, K) magnitudes.  A neuron's largest magnitude is opaque, each frequency of one hue.
    """
    count = rows.shape[1]
    frame = Frame(
        width=1064, height=height, x=(0, len(neurons)), y=(0.5, count + 0.5), label=label, top=18
    )
    frame.image(_spectra(rows, neurons), title=label)
    frame.axes("neurons, by dominant frequency", title, y_ticks=_frequencies(count), grid=False)
    return frame.svg()


def strip(rows: np.ndarray, neurons: np.ndarray, *, label: str) -> Markup:
    """The same picture without axes."""
    count = rows.shape[1]
    frame = Frame(
        width=940, height=66, x=(0, len(neurons)), y=(0.5, count + 0.5), label=label,
        left=0, right=0, top=2, bottom=2,
    )  # fmt: skip
    frame.image(_spectra(rows, neurons), title=label)
    return frame.svg()


def _spectra(rows: np.ndarray, neurons: np.ndarray) -> str:
    largest = rows.max(axis=1, keepdims=True)
    shown = np.divide(rows, largest, out=np.zeros_like(rows), where=largest > 0)[neurons].T[::-1]
    hues = np.array(frequency_colours(rows.shape[1]))[::-1]
    return picture(np.broadcast_to(hues[:, None, :], (*shown.shape, 3)), shown)


def _frequencies(count: int) -> list[tuple[float, str]]:
    if count <= 12:
        return [(k, str(k)) for k in range(1, count + 1)]
    return [(k, str(int(k))) for k in ticks((1, count), 6) if k == int(k) and k >= 1]


def phase_scatter(spec: Spectrum) -> Markup:
    """ψ against Σφ, both in turns, one dot for each neuron; on the diagonal they are aligned."""
    x, y = spec.phase_sum, spec.phases[1]
    sums = "2φ" if len(spec.first) == 1 and spec.inputs == 2 else "Σφ"
    frame = Frame(
        width=400, height=400, x=(0, 1), y=(0, 1), top=18,
        label=f"Output phase against {sums} of every neuron, in turns",
    )  # fmt: skip
    frame.axes(f"{sums}, turns", "ψ, turns", x_ticks=_QUARTERS, y_ticks=_QUARTERS)
    frame.line((0, 1), (0, 1), kind="mark")
    colours = frequency_colours(spec.counts.size)
    for k in np.flatnonzero(spec.counts):
        mine = spec.dominant == k + 1
        frame.dots(x[mine], y[mine], style=f"stroke:{hexadecimal(colours[k])}", size=4.5)
    return frame.svg()


def misalignment(spec: Spectrum) -> Markup:
    """|D| of every neuron in degrees."""
    degrees = 360 * spec.misalignment[spec.alive]
    frame = histogram(
        degrees, label="Misalignment of the neurons", x_title="|Σφ − ψ|, degrees", width=560,
        span=(0.0, max(float(degrees.max()), 1.0)),
    )  # fmt: skip
    frame.vertical(float(np.median(degrees)), f"median {short(float(np.median(degrees)), 3)}°")
    return frame.svg()


def shares(spec: Spectrum) -> Markup:
    """Energy share of the dominant frequency."""
    frame = histogram(
        spec.share[spec.alive], label="Energy at the dominant frequency", span=(0.0, 1.0),
        x_title="share of the neuron's energy", width=560,
    )  # fmt: skip
    middle = float(np.median(spec.share[spec.alive]))
    frame.vertical(middle, f"median {short(middle, 3)}")
    return frame.svg()


def rings(spec: Spectrum) -> list[Markup]:
    """For each frequency in use, its neurons' phases φ on a circle, and its resultants inside.

    An arrow is Σe^{2πiιφ}/N for ι = 1..4, drawn from the centre, over the average length that
    independent uniform phases give: that is the radius of the grey disc.
    """
    colours, expected = frequency_colours(spec.counts.size), spec.expected_resultants()
    phi = spec.phases[0][0]
    drawn = []
    for k in np.flatnonzero(spec.counts):
        turns = phi[spec.dominant == k + 1]
        colour, count = hexadecimal(colours[k]), int(spec.counts[k])
        marks = [
            f'<circle class="disc" cx="64" cy="64" r="{_DISC}"/>',
            '<circle class="ring" cx="64" cy="64" r="44"/>',
        ]
        places = [(64 + 50 * cos(2 * pi * t), 64 - 50 * sin(2 * pi * t)) for t in turns]
        dots = "".join(f"M{u:.1f} {v:.1f}h0" for u, v in places)
        marks.append(f'<path class="dots" style="stroke:{colour};stroke-width:4.5" d="{dots}"/>')
        for iota in PHASE_ORDERS:
            z = np.exp(2j * np.pi * iota * turns).mean()
            arrow = z * min(_DISC / float(expected[k]), 44 / abs(z) if z else 0.0)
            u, v = 64 + arrow.real, 64 - arrow.imag
            marks.append(
                f'<path class="arrow o{iota}" d="M64 64L{u:.1f} {v:.1f}"><title>ι = {iota}: '
                f"|Σe^(iιφ)|/N = {short(abs(z), 3)}, independent phases "
                f"{short(float(expected[k]), 3)}</title></path>"
            )
        marks.append(f'<text class="tick" x="64" y="132" text-anchor="middle">'
                     f'<tspan class="strong">{k + 1}</tspan> · {count}</text>')  # fmt: skip
        label = f"Phases of the {count} neurons of frequency {k + 1}"
        drawn.append(wrap("".join(marks), 128, 138, label))
    return drawn


def resultants(spec: Spectrum) -> Markup:
    """|Σe^{2πiιφ}|/N of every frequency against its expectation for independent phases."""
    expected = spec.expected_resultants()
    frame = Frame(
        width=500, height=230, x=(0.5, 4.5), y=(0, _top_resultant(spec)), top=20, left=40,
        label="Resultants of the phases over their expectation",
    )  # fmt: skip
    frame.axes(
        "order ι", "over the mean",
        x_ticks=[(o, str(o)) for o in PHASE_ORDERS],
    )  # fmt: skip
    frame.horizontal(1.0, "independent")
    colours = frequency_colours(spec.counts.size)
    used = np.flatnonzero(spec.counts)
    for o in PHASE_ORDERS:
        found = spec.resultants(o) / expected
        for place, k in enumerate(used):
            x = o + 0.5 * (place / max(len(used) - 1, 1) - 0.5)
            frame.dots([x], [found[k]], style=f"stroke:{hexadecimal(colours[k])}", size=6)
    return frame.svg()


def _top_resultant(spec: Spectrum) -> float:
    found = [spec.resultants(o) / spec.expected_resultants() for o in PHASE_ORDERS]
    return max(1.1 * float(np.nanmax(found)), 2.0)


def magnitudes(spec: Spectrum) -> list[tuple[str, Markup]]:
    """Histograms of α, β and the strength β·Πα over their means, with coefficients of variation."""
    alpha, beta = spec.magnitudes
    product = "α²β" if spec.inputs == 2 and len(alpha) == 1 else "β·Πα"
    quantities = [("α, input layer", alpha.ravel()), ("β, output layer", beta)]
    quantities.append((f"{product}, strength", spec.strengths))
    drawn = []
    for name, values in quantities:
        mean = float(np.mean(values))
        spread = variation(values)
        scaled = values / mean if mean else values
        top = max(2.0, float(np.max(scaled, initial=0.0)) * 1.02)
        frame = histogram(
            scaled, label=f"{name} over its mean", x_title="over the mean", span=(0.0, top)
        )
        frame.vertical(1.0)
        drawn.append((f"{name}: mean {short(mean, 3)}, variation {short(spread, 3)}", frame.svg()))
    return drawn


def counts(spec: Spectrum) -> Markup:
    """Neurons by dominant frequency, with the band of two deviations of a uniform choice."""
    number, width = spec.counts.size, int(spec.counts.sum())
    mean = width / number
    deviation = sqrt(width * (1 / number) * (1 - 1 / number))
    top = 1.1 * max(float(spec.counts.max()), mean + 2 * deviation)
    frame = Frame(
        width=520, height=230, x=(0.5, number + 0.5), y=(0, top), top=20,
        label="Neurons by dominant frequency",
    )  # fmt: skip
    frame.axes("frequency", "neurons", x_ticks=_frequencies(number))
    edges = (0.5, number + 0.5)
    low, high = max(mean - 2 * deviation, 0), mean + 2 * deviation
    frame.band(edges, (low, low), (high, high))
    colours = frequency_colours(number)
    for k, count in enumerate(spec.counts, start=1):
        u0, v0 = frame.at(k - 0.36, float(count))
        u1, v1 = frame.at(k + 0.36, 0.0)
        frame.add(
            f'<rect x="{u0:.2f}" y="{v0:.2f}" width="{u1 - u0:.2f}" height="{v1 - v0:.2f}" '
            f'fill="{hexadecimal(colours[k - 1])}"><title>frequency {k}: {count} neurons</title>'
            "</rect>"
        )
    frame.line(edges, (mean, mean), kind="mark")
    return frame.svg()
