"""What a certificate says, decided a second time with floats and without the checker.

`truth(document)` is True, False, or None when floats cannot tell: nearly equal sides of a strict
inequality, an instance too large to enumerate, a kind that has no second implementation here.
"""

import cmath
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import combinations, permutations, product
from math import comb, cos, factorial, gcd, pi, prod, sqrt
from typing import Any

import numpy as np

from verify.checker.chain import RULES  # what the rules mean: test_checker_chains.py

Names = dict[str, complex]
Neuron = tuple[np.ndarray, np.ndarray, float]  # u: (k, n), w: (n,), weight
CLOSE = 1e-7
LARGEST = 40_000  # points × labels of a data set that is enumerated


class Undecided(Exception):
    """Floats cannot tell, or the instance is too large."""


def close(a: complex, b: complex) -> bool:
    """Equal up to rounding."""
    return abs(a - b) <= CLOSE * (1 + max(abs(a), abs(b)))


# -- formulas ----------------------------------------------------------------------------------


def fraction(text: Any) -> float:
    """A number of a certificate."""
    if isinstance(text, int):
        return float(text)
    top, _, below = text.partition("/")
    return int(top) / int(below or 1)


def value(node: Any, names: Names) -> complex:
    """A term in complex floats."""
    if not isinstance(node, dict):
        return fraction(node)
    ((key, body),) = node.items()
    turn = 2j * pi
    one = {
        "neg": lambda a: -a, "sqrt": lambda a: a**0.5, "abs": abs,
        "fact": lambda a: factorial(round(a.real)), "cis": lambda a: cmath.exp(turn * a),
        "cos": lambda a: (cmath.exp(turn * a) + cmath.exp(-turn * a)) / 2,
        "sin": lambda a: (cmath.exp(turn * a) - cmath.exp(-turn * a)) / 2j,
    }
    two = {
        "-": lambda a, b: a - b, "/": lambda a, b: a / b,
        "^": lambda a, b: a ** (round(b.real) if close(b, round(b.real)) else b),
        "mod": lambda a, b: round(a.real) % round(b.real),
        "binom": lambda a, b: comb(round(a.real), round(b.real)) if 0 <= b.real <= a.real else 0,
    }
    many = {"+": sum, "*": prod, "max": lambda v: max(x.real for x in v),
            "min": lambda v: min(x.real for x in v)}
    if key == "var":
        return names[body]
    if key in one:
        return one[key](complex(value(body, names)))
    if key in two:
        return two[key](*(complex(value(child, names)) for child in body))
    if key in many:
        return many[key]([complex(value(child, names)) for child in body])
    if key == "iverson":
        return float(decided(holds(body, names)))
    parts = [value(body["of"], inner) for inner in over(body, names)]
    return sum(parts) if key == "sum" else prod(parts)


def over(binder: dict, names: Names) -> Iterator[Names]:
    """The assignments of a bound variable."""
    low, high = (round(complex(value(binder[end], names)).real) for end in ("from", "to"))
    for x in range(low, high + 1):
        yield {**names, binder["var"]: x}


def decided(found: bool | None) -> bool:
    """The truth value, or Undecided."""
    if found is None:
        raise Undecided
    return found


def holds(node: dict, names: Names) -> bool | None:
    """A formula in three-valued logic."""
    ((key, body),) = node.items()
    if key in ("=", "!=", "<", "<=", ">", ">="):
        a, b = (complex(value(child, names)) for child in body)
        if close(a, b):
            return True if key in ("=", "<=", ">=") else None
        return {"=": False, "!=": True, "<": a.real < b.real, "<=": a.real < b.real,
                ">": a.real > b.real, ">=": a.real > b.real}[key]
    if key == "not":
        found = holds(body, names)
        return None if found is None else not found
    if key == "implies":
        body = [{"not": body[0]}, body[1]]
    if key in ("and", "or", "implies"):
        parts = [holds(child, names) for child in body]
    else:
        parts = [holds(body["of"], inner) for inner in over(body, names)]
    deciding = key in ("or", "implies", "exists")
    return deciding if deciding in parts else None if None in parts else not deciding


def all_of(found: list[bool | None]) -> bool | None:
    """Conjunction."""
    return False if False in found else None if None in found else True


def relations(document: dict, names: Names) -> bool | None:
    """Whether all relations hold."""
    return all_of([holds(formula, names) for formula in document["relations"]])


def statement(document: dict) -> bool | None:
    """Formal symbols are replaced by random values."""
    rng = np.random.default_rng(1)
    found = []
    for point in document["points"]:
        for _ in range(3 if document.get("formal") else 1):
            symbols = {name: rng.uniform(-1, 1) for name in document.get("formal", {})}
            known = {name: fraction(x) for name, x in point.items()} | symbols
            result = holds(document["formula"], known)
            found.append(result if result is None else result == document["holds"])
    return all_of(found)


# -- margins on Abelian groups -----------------------------------------------------------------


def elements(orders: list[int]) -> list[tuple[int, ...]]:
    """All elements in lexicographic order."""
    return list(product(*map(range, orders)))


def turns(orders: list[int], zeta: Any) -> np.ndarray:
    """χ_ζ at all elements, in turns."""
    return np.array([sum(z * a / n for z, a, n in zip(zeta, e, orders, strict=True))
                     for e in elements(orders)])


def is_real(orders: list[int], zeta: Any) -> bool:
    """Whether a character takes the values ±1 only."""
    return all(2 * z % n == 0 for z, n in zip(zeta, orders, strict=True))


def plain_names(orders: list[int], k: int) -> Names:
    """k, n, and p when the group is cyclic."""
    n = prod(orders)
    cyclic = n == np.lcm.reduce(orders)
    return {"k": k, "n": n} | ({"p": n} if cyclic else {})


def margin_and_norm(orders: list[int], k: int, neurons: list[Neuron], data: Any = "all"
                    ) -> tuple[float, float]:
    """Every logit at every listed input (element indices)."""
    listed, n = elements(orders), prod(orders)
    index = {e: i for i, e in enumerate(listed)}
    if n ** (k + 1) * len(neurons) > 50 * LARGEST:
        raise Undecided
    rows = product(range(n), repeat=k) if data == "all" else data
    best = np.inf
    for row in rows:
        logits = sum(g * u[range(k), list(row)].sum() ** k * w for u, w, g in neurons)
        columns = zip(zip(*(listed[i] for i in row), strict=True), orders, strict=True)
        right = index[tuple(sum(column) % order for column, order in columns)]
        best = min(best, logits[right] - np.delete(logits, right).max())
    size = sum(g * ((u**2).sum() + (w**2).sum()) ** ((k + 1) / 2) for u, w, g in neurons)
    return best, size


def cosine_neuron(orders: list[int], zeta: Any, phases: list[float], weight: float) -> Neuron:
    """u_j = cos(φ_j + χ), w = cos(Σφ + χ)."""
    wave = turns(orders, zeta)
    rows = [np.cos(2 * pi * (t + wave)) for t in [*phases, sum(phases)]]
    return np.array(rows[:-1]), rows[-1], weight


def network_margin(document: dict) -> bool | None:
    """Enumerates the network."""
    orders, k = document["group"], document["inputs"]
    names, neurons, used = plain_names(orders, k), [], {}
    for design in document["network"].get("designs", []):
        weight = complex(value(design["weight"], names)).real
        for zeta in design["frequencies"]:
            own = tuple(z % n for z, n in zip(zeta, orders, strict=True))
            key = min(own, tuple(-z % n for z, n in zip(zeta, orders, strict=True)))
            used[key] = used.get(key, 0) + len(design["phases"])
            for phases in design["phases"]:
                neurons.append(cosine_neuron(orders, zeta, [*map(fraction, phases)], weight))
    for dense in document["network"].get("neurons", []):
        u, w = ([[*map(fraction, row)] for row in rows] for rows in (dense["u"], [dense["w"]]))
        neurons.append((np.array(u), np.array(w[0]), complex(value(dense["weight"], names)).real))
    best, norm = margin_and_norm(orders, k, neurons, document["data"])
    sizes = [g * ((u**2).sum() + (w**2).sum()) ** ((k + 1) / 2) for u, w, g in neurons]
    names |= {"margin": best, "norm": norm, "width": len(neurons), "size_min": min(sizes),
              "size_max": max(sizes)}
    if not document["network"].get("neurons"):
        names |= {"frequencies": len(used), "count_min": min(used.values()),
                  "count_max": max(used.values())}
    return relations(document, names)


def trained_network(document: dict) -> bool | None:
    """Evaluates the stored floats on every input; undecided where a gap is nearly zero."""
    orders, k = document["group"], document["inputs"]
    tensors = {}
    for name, node in document["tensors"].items():
        data = bytes.fromhex(node["hex"])
        if sha256(data).hexdigest() != node["sha256"]:
            return False
        numbers = np.frombuffer(data, np.dtype(node["dtype"]).newbyteorder("<"))
        tensors[name] = numbers.reshape(node["shape"]).astype(float)

    def layer(factors: list[dict]) -> np.ndarray:
        result = None
        for factor in factors:
            matrix = tensors[factor["tensor"]]
            matrix = matrix.T if factor.get("transposed") else matrix
            matrix = matrix[:, slice(*factor["columns"])] if "columns" in factor else matrix
            result = matrix if result is None else result @ matrix
        return result

    ((kind, numbers),) = document["activation"].items()
    numbers = [*map(fraction, numbers)]
    first, output = [layer(x) for x in document["first"]], layer(document["output"])
    elements = list(product(*map(range, orders)))
    if len(elements) ** k > LARGEST:
        raise Undecided
    found = {}
    for a in product(range(len(elements)), repeat=k):
        u = sum((first * k)[j][:, i] for j, i in enumerate(a))
        hidden = (np.where(u < 0, numbers[0] * u, numbers[1] * u) if kind == "slopes"
                  else np.polynomial.polynomial.polyval(u, numbers))
        logits = output @ hidden
        label = tuple(sum(elements[i][c] for i in a) % n for c, n in enumerate(orders))
        right = elements.index(label)
        found[a] = logits[right] - np.delete(logits, right).max()
    # a gap that is nearly zero is a tie only if nothing was rounded: then it is exactly zero
    if any(0 < abs(gap) < CLOSE for gap in found.values()):
        raise Undecided
    gaps, least = list(found.values()), min(found.values())
    names = plain_names(orders, k) | {
        "correct": sum(g > 0 for g in gaps), "wrong": sum(g < 0 for g in gaps),
        "ties": sum(g == 0 for g in gaps), "total": len(gaps), "margin": least,
        "width": output.shape[1]}
    if "least_at" in document:
        places = {tuple(sorted(a)) if len(first) == 1 else a
                  for a, gap in found.items() if close(gap, least)}
        if sorted(places) != [tuple(a) for a in document["least_at"]]:
            return False
    return relations(document, names)


def shift(key: str) -> tuple[int, ...]:
    """The element that a key names."""
    return tuple(map(int, key.split(",")))


def gaps(orders: list[int], weights: dict, names: Names, zetas: list) -> list[float]:
    """1 − τ̂(ζ), and Undecided unless τ is a distribution."""
    index = {e: i for i, e in enumerate(elements(orders))}
    tau = np.zeros(prod(orders))
    for key, node in weights.items():
        tau[index[shift(key)]] += complex(value(node, names)).real
    if (tau < -CLOSE).any() or not close(tau.sum(), 1) or tau[0]:
        return [np.nan]
    hats = [(tau * np.exp(2j * pi * turns(orders, zeta))).sum() for zeta in zetas]
    return [abs(1 - hat) for hat in hats]


def margin_bound(document: dict) -> bool | None:
    """The bound from the transform of the weights; no sampled neuron may exceed it."""
    orders, k = document["group"], document["inputs"]
    n, names = prod(orders), plain_names(orders, k)
    listed = document["frequencies"]
    zetas = elements(orders)[1:] if listed == "all" else listed
    found = gaps(orders, document["weights"], {x: names[x] for x in ("k", "n")}, zetas)
    best = max(gap * (1 if is_real(orders, zeta) else 2) ** (-(k - 1) / 2)
               for gap, zeta in zip(found, zetas, strict=True))
    bound = factorial(k) / n ** (k + 1) * (n / (k + 1)) ** ((k + 1) / 2) * best
    support = sum(complex(value(x, names)).real > CLOSE for x in document["weights"].values())
    if np.isnan(best):
        return False
    return relations(document, names | {"bound": bound, "support": support})


def frequency_family(document: dict) -> bool | None:
    """Both sides in units of the largest coefficient of one neuron."""
    orders = document["group"]
    names, zetas = {"n": prod(orders)}, document["frequencies"]
    if any(is_real(orders, zeta) for zeta in zetas):
        return False
    shares = {shift(key): complex(value(x, names)).real for key, x in document["shares"].items()}
    allowed = {tuple(s * z % n for z, n in zip(zeta, orders, strict=True))
               for zeta in zetas for s in (1, -1)}
    if not close(sum(shares.values()), 1) or min(shares.values()) <= 0:
        return False
    if not set(shares) <= allowed:
        return False
    lag = sum(share * (1 - np.cos(2 * pi * turns(orders, zeta))) for zeta, share in shares.items())
    bound = max(gaps(orders, document["weights"], names, zetas))
    cyclic = {"p": names["n"]} if "p" in plain_names(orders, 1) else {}
    if np.isnan(bound):
        return False
    return relations(document, names | cyclic | {"attained": lag[1:].min(), "bound": bound})


# -- families ----------------------------------------------------------------------------------

GROUPS = {"odd-cyclic": [[3], [5], [9]], "even-cyclic": [[2], [4], [6]], "order-two": [[2]],
          "abelian": [[3], [4], [2, 2], [2, 4], [3, 3]]}
STRUCTURE = {"all-points-tight", "unique-function", "single-frequency", "form", "dual-unique",
             "no-frequency-spared", "equal-shares"}


def reals(orders: list[int]) -> int:
    """Number of non-trivial real characters."""
    return sum(is_real(orders, zeta) for zeta in elements(orders)[1:])


def optimum(orders: list[int], k: int) -> tuple[float, float]:
    """(γ*, Z)."""
    n, r = prod(orders), reals(orders)
    z = (n - 1 - r) * 2 ** ((k - 1) / 2) + r
    return factorial(k) / ((k + 1) ** ((k + 1) / 2) * n ** ((k - 1) / 2) * z), z


def phase_vectors(document: dict, k: int) -> list[list[float]]:
    """The design of a family certificate for k inputs."""
    if "factor" in document:
        return [list(v) for v in product(map(fraction, document["factor"]), repeat=k)]
    if document["design"] == "ladder":
        return [[r / (2 * (k + 1)) + b / 2 for b in (*bits, 0)]
                for r in range(k + 1) for bits in product((0, 1), repeat=k - 1)]
    return [[*map(fraction, vector)] for vector in document["design"]]


def attains(orders: list[int], k: int, vectors: list[list[float]]) -> bool:
    """Whether the design, with {0, 1/2}^k at real characters, has the margin γ*."""
    neurons, done = [], set()
    for zeta in elements(orders)[1:]:
        if zeta in done:
            continue
        done |= {zeta, tuple(-z % n for z, n in zip(zeta, orders, strict=True))}
        real = is_real(orders, zeta)
        chosen = [list(v) for v in product((0, 0.5), repeat=k)] if real else vectors
        for phases in chosen:
            u, w, _ = cosine_neuron(orders, zeta, phases, 1)
            size = ((u**2).sum() + (w**2).sum()) ** ((k + 1) / 2)
            share = (1 if real else 2) ** ((k + 1) / 2)
            neurons.append((u, w, share / (size * len(chosen))))
    best, norm = margin_and_norm(orders, k, neurons)
    return close(best / norm, optimum(orders, k)[0])


def derived_value(name: str, orders: list[int], k: int) -> float:
    """What a derived quantity is."""
    (gamma, z), rho = optimum(orders, k), 2 ** ((k - 1) / 2)
    return {"transform": gamma * prod(orders) ** k, "complex-share": 2 * rho / z,
            "real-share": 1 / z, "weight": rho / z, "weight-odd": 1 / z,
            "weight-even": (2 * rho - 1) / z}[name]


def margin_family(document: dict) -> bool | None:
    """The value, the design, the width and what is derived, at small groups and k."""
    k_all = document["inputs"] == "all"
    for k in (1, 2, 3) if k_all else (document["inputs"],):
        for orders in GROUPS[document["groups"]]:
            names = plain_names(orders, k) | {"r": reals(orders), "p": prod(orders)}
            parts = document["value"]
            below = sum(value(node, names) for node in parts["denominator"])
            if not close(value(parts["numerator"], names) / below, optimum(orders, k)[0]):
                return False
            small = prod(orders) ** (k + 1) <= 2000
            if small and not attains(orders, k, phase_vectors(document, k)):
                return False
            if k >= 2 and not all(
                close((value(part["numerator"], names) - value(part.get("minus", 0), names))
                      / sum(value(node, names) for node in part["denominator"]),
                      derived_value(name, orders, k))
                for name, part in document.get("derived", {}).items()
            ):
                return False
            if "width" in document and not width_is(document, orders, k, names):
                return False
    asserted = STRUCTURE & set(document["conclusions"])
    if asserted and document["inputs"] == 1:
        return False
    if "equal-shares" in asserted and document["groups"] != "odd-cyclic":
        return False
    if "rate" in document:
        ratios = [value(document["width"], {"k": k, "n": 3, "p": 3})
                  / value(document["rate"], {"k": k}) for k in (60, 120, 180)]
        return None if not ratios[2].real < 0.9 * ratios[1].real < 0.81 * ratios[0].real else True
    return True


def width_is(document: dict, orders: list[int], k: int, names: Names) -> bool:
    """Whether a width is the number of neurons, modulo a half turn in every phase."""
    if orders == [2]:
        return close(value(document["width"], names), 2 ** (k - 1))
    vectors = phase_vectors(document, k)
    turned = sorted(tuple(round((t + 0.5) % 1, 9) for t in v) for v in vectors)
    halved = turned == sorted(tuple(round(t % 1, 9) for t in v) for v in vectors)
    count = len(vectors) * (prod(orders) - 1) / 2
    possible = [count, count / 2] if halved else [count]
    return any(close(value(document["width"], names), x) for x in possible)


def is_mode(difference: np.ndarray) -> bool:
    """± difference = n − 1 with |n|_1 ≤ k, |n|_1 ≡ k mod 2, n ≠ 1."""
    k = len(difference)
    sizes = [np.abs(sign * difference + 1).sum() for sign in (1, -1)]
    return any(size <= k and (size - k) % 2 == 0 for size in sizes) and difference.any()


def polynomial_size(document: dict) -> int:
    """Averages |Σ v_x e(<x, φ>)|² over all permutations of φ; 0 unless only modes stay positive."""
    k, node = document["inputs"], document["polynomial"]
    fixed, values = k - node["symmetric"], {}
    for x, v in node["terms"]:
        for tail in set(permutations(x[fixed:])):
            values[(*x[:fixed], *tail)] = v
    sums: dict[tuple[int, ...], int] = {}
    for (x, v), (y, u) in product(values.items(), repeat=2):
        difference = np.sort(np.array(x) - np.array(y))
        sums[tuple(difference)] = sums.get(tuple(difference), 0) + u * v
    for name, total in sums.items():
        mirrored = total + sums.get(tuple(sorted(-d for d in name)), 0)
        if mirrored > 0 and any(name) and not is_mode(np.array(name)):
            return 0
    return -(-sum(values.values()) ** 2 // sums[(0,) * k])


def width_names(document: dict, size: int) -> Names:
    """The variables of a width bound."""
    k, n = document["inputs"], document.get("modulus")
    if n is None:
        return {"size": size, "k": k}
    width = 0
    for zeta in range(1, n // 2 + 1):
        q = n // gcd(zeta, n)
        free = q > 2 * k or (q > k and q % 2)
        width += 2 ** (k - 1) if q == 2 else size if free else 4 if (k, q) == (2, 4) else k + 1
    return {"size": size, "k": k, "n": n, "p": n, "width": width}


def width_bound(document: dict) -> bool | None:
    """Differences of the clique are modes that vanish in three optimal designs."""
    if document["inputs"] == "all":
        return all(close(value(document["size"], {"k": k}), 2 ** (k - 1)) for k in range(1, 9))
    k = document["inputs"]
    if k > 4:
        raise Undecided
    if "polynomial" in document:
        size = polynomial_size(document)
        return size > 0 and relations(document, width_names(document, size))
    points = document["clique"]
    designs = [{"factor": ["0", "1/3", "2/3"]}, {"factor": ["0", "1/4", "1/2", "3/4"]},
               {"design": "ladder"}]
    for x, y in combinations(points, 2):
        for design in designs:
            total = sum(cmath.exp(2j * pi * sum((a - b) * t for a, b, t in
                                                zip(x, y, phases, strict=True)))
                        for phases in phase_vectors(design, k))
            if abs(total) > CLOSE:
                return False
    return relations(document, width_names(document, len(points)))


def parity_family(document: dict) -> bool | None:
    """The sign patterns as a network on k + 1 bits."""
    for k in (1, 2, 3):
        stated = value(document["value"], {"k": k}).real
        patterns = [np.array(s) for s in product(map(fraction, document["factor"]), repeat=k)]
        inputs = [np.array(x) for x in product((1, -1), repeat=k + 1)]
        margins = [2 / sqrt(2) * x[:k].prod() * sum(s.prod() * (s @ x[:k]) ** k for s in patterns)
                   for x in inputs]
        size = len(patterns) * (k + 1) ** ((k + 1) / 2)
        best = factorial(k) * sqrt(2) * (k + 1) ** (-(k + 1) / 2)
        if not close(min(margins) / size, best) or not close(stated, best):
            return False
        if "width" in document and not close(value(document["width"], {"k": k}), 2 ** (k - 1)):
            return False
    return True


def every_k(document: dict) -> bool | None:
    """Some of the rules at small k: those whose constants are plain numbers."""
    first = document["from"]
    for k in range(first, first + 4) if document["inputs"] == "all" else (document["inputs"],):
        for n in (4, 6) if document.get("groups") == "even-cyclic" else (3, 5, 9):
            if not EVERY_K[document["rule"]](document, k, {"k": k, "n": n, "p": n}):
                return False
    return True


def _polarisation(document: dict, k: int, names: Names) -> bool:
    pairs = [(fraction(a), fraction(b)) for a, b in document["factor"]]
    x = np.random.default_rng(k).uniform(1, 2, size=k)
    half = 2 if document["folded"] else 1
    if len(pairs) ** k > LARGEST:
        raise Undecided
    left = sum(prod(a for a, _ in word) * sum(b * t for (_, b), t in zip(word, x, strict=True)) ** k
               for word in product(pairs, repeat=k)) / half
    return (close(left, value(document["value"], names) * x.prod())
            and close(value(document["terms"], names), len(pairs) ** k / half))


def _angle_sum(document: dict, k: int, names: Names) -> bool:
    count = value(document["angles"], names)
    if not close(count, round(count.real)):
        return False
    x, signs = np.random.default_rng(k).uniform(0, 6, size=round(count.real)), document["signs"]
    words = list(product((0, 1), repeat=len(x)))
    terms = [fraction(signs[sum(b) % 4]) for b in words]
    right = sum(sign * prod(np.sin(t) if c else np.cos(t) for c, t in zip(b, x, strict=True))
                for sign, b in zip(terms, words, strict=True))
    used = sum(sign != 0 for sign in terms)
    return close(cos(sum(x)), right) and close(used, value(document["terms"], names))


def _am_gm(document: dict, k: int, names: Names) -> bool:
    count, mean, power = (
        value(document[x], names).real for x in ("factors", "divisor", "exponent"))
    whole = round(count)
    if not close(count, whole) or whole < 1:
        return False
    equal = close(1, (whole / mean) ** power) and close(3.0**whole, (9 * whole / mean) ** power)
    x = np.random.default_rng(k).uniform(0, 2, size=whole)
    return equal and x.prod() <= ((x**2).sum() / mean) ** power + CLOSE


def _power_sum(document: dict, k: int, names: Names) -> bool:
    s = value(document["exponent"], names).real
    return s >= 1 and not (document["equality"] and close(s, 1))


def _full_words(document: dict, k: int, names: Names) -> bool:
    return close(value(document["coefficient"], names), factorial(k))


def _objective(document: dict, k: int, names: Names) -> bool:
    n = round(names["n"].real)
    return close(value(document["coefficient"], names), factorial(k) / ((n - 1) * n**k))


def _polar(document: dict, k: int, names: Names) -> bool:
    n = round(names["n"].real)
    return document["groups"] == "odd-cyclic" and close(
        value(document["coefficient"], names), 2 * factorial(k) / ((n - 1) * n**k))


def _maximum(document: dict, k: int, names: Names) -> bool:
    n = round(names["n"].real)
    m = 2 if document["groups"] == "odd-cyclic" else 1
    best = (factorial(k) / n**k / (n - 1) * (n / (k + 1)) ** ((k + 1) / 2) * m ** (-(k - 1) / 2))
    shape = document["maximisers"]
    square = m / ((k + 1) * n)
    right = shape is None or (
        close(value(shape["amplitude_squared"], names), square)
        and close(value(shape["transform_squared"], names), square * n * n / m**2)
        and k >= 2 and (shape["signs"] == "+" or (k % 2 == 1 and document["inputs"] != "all")))
    return close(value(document["value"], names), best) and right


def _mode_test(document: dict, k: int, names: Names) -> bool:
    reach, least = (value(document[x], names).real for x in ("reach", "modulus"))
    return (document["groups"] == "odd-cyclic" and close(reach, k) and least > 2
            and (least > k or "only-if" not in document["directions"])
            and close(value(document["value"], names), optimum([round(names["n"].real)], k)[0]))


def _random_phases(document: dict, k: int, names: Names) -> bool:
    words = (2 * k) ** k
    return (document["groups"] == "odd-cyclic"
            and close(value(document["loss"], names), 2 * words / factorial(k))
            and close(value(document["failure"], names), 2 * words))


EVERY_K: dict[str, Callable[[dict, int, Names], bool]] = {
    "polarisation": _polarisation, "angle-sum": _angle_sum, "am-gm": _am_gm,
    "power-sum": _power_sum, "neuron-words": _full_words, "neuron-objective": _objective,
    "neuron-polar": _polar, "neuron-maximum": _maximum, "mode-test": _mode_test,
    "random-phases": _random_phases,
}


# -- sums over functions -----------------------------------------------------------------------


def convolution(document: dict) -> bool | None:
    """Both sides for random functions on small groups."""
    rng = np.random.default_rng(7)
    for orders in ([2], [3], [4], [2, 2]):
        listed = elements(orders)
        known = {f: dict(zip(listed, rng.uniform(-1, 1, len(listed)), strict=True))
                 for f in document["functions"]}
        for _ in range(2):
            free = {x: listed[rng.integers(len(listed))] for x in document["free"]}
            sides = [sum(_term(term, orders, known, free) for term in document[side])
                     for side in ("left", "right")]
            if not close(*sides):
                return False
    return True


def _at(form: dict, point: dict, orders: list[int]) -> tuple[int, ...]:
    return tuple(sum(c * point[x][i] for x, c in form.items()) % n for i, n in enumerate(orders))


def _term(term: dict, orders: list[int], known: dict, free: dict) -> complex:
    listed, total = elements(orders), 0.0
    if len(listed) ** len(term["sum"]) > LARGEST:
        raise Undecided
    for row in product(listed, repeat=len(term["sum"])):
        point = free | dict(zip(term["sum"], row, strict=True))
        if all(not any(_at(form, point, orders)) for form in term["dual"]):
            total += _polynomial(term["of"], point, orders, known)
    scale = value(term["coefficient"], {"n": len(listed)})
    return scale * total * len(listed) ** len(term["dual"])


def _polynomial(node: Any, point: dict, orders: list[int], known: dict) -> float:
    if not isinstance(node, dict):
        return fraction(node)
    ((key, body),) = node.items()
    if key == "at":
        return known[body[0]][_at(body[1], point, orders)]
    if key == "^":
        return _polynomial(body[0], point, orders, known) ** body[1]
    if key == "neg":
        return -_polynomial(body, point, orders, known)
    parts = [_polynomial(child, point, orders, known) for child in body]
    return {"+": sum, "*": prod, "-": lambda v: v[0] - v[1]}[key](parts)


# -- chains and groups -------------------------------------------------------------------------


def group_margin(document: dict) -> bool | None:
    """Characters as orthonormal class functions; then the two bounds as plain sums."""
    generators = [tuple(g) for g in document["generators"]]
    compose = lambda g, h: tuple(g[i] for i in h)  # noqa: E731 - two words, used twice below
    group = {tuple(range(len(generators[0])))}
    while len(larger := group | {compose(s, g) for s in generators for g in group}) > len(group):
        group = larger
    inverse = {g: tuple(np.argsort(g)) for g in group}
    points = [tuple(g) for g in document["representatives"]]
    classes = [{compose(compose(x, g), inverse[x]) for x in group} for g in points]
    if set().union(*classes) != group or sum(map(len, classes)) != len(group):
        return False
    sizes = np.array([len(c) for c in classes])
    rows = np.array([[value(node, {}) for node in row] for row in document["characters"]])
    gram = (rows * sizes) @ rows.conj().T / len(group)
    degrees = rows[:, 0].real
    if rows.shape != (len(points),) * 2 or not np.allclose(gram, np.eye(len(rows)), atol=CLOSE):
        return False
    if not np.allclose(rows[0], 1) or (degrees < 0.5).any() or (degrees % 1 > CLOSE).any():
        return False
    squares = [next(i for i, c in enumerate(classes) if compose(g, g) in c) for g in points]
    types = np.where(np.abs((rows[:, squares] * sizes).sum(axis=1) / len(group) - 1) < CLOSE, 1, 2)
    kappa = 2 / (3 * sqrt(3) * len(group) ** 1.5 * np.sqrt(types * degrees))
    names: Names = {"order": len(group), "classes": len(points)}
    for i, (d, t) in enumerate(zip(degrees, types, strict=True), 1):
        names |= {f"d_{i}": d, f"t_{i}": t}
    own = [names | {"size": sizes[c]} | {f"x_{i}": row[c] for i, row in enumerate(rows, 1)}
           for c in range(len(points))]
    found: list[bool | None] = []
    if "masses" in document:
        masses = np.array([value(node, names).real for node in document["masses"]])
        lag = (masses * kappa) @ (1 - rows.real / degrees[:, None])
        names |= {"margin": lag[1:].min(), "norm": masses.sum()}
        used = (masses > CLOSE) & (np.arange(len(masses)) > 0)
        if (types[used] == 1).all():
            names["width"] = (2 * degrees[used] ** 3).sum()
        found.append(bool((masses > -CLOSE).all()))
    if "weights" in document:
        tau = np.array([value(node, scope).real
                        for node, scope in zip(document["weights"], own[1:], strict=True)])
        mean = (rows[:, 1:] * tau * sizes[1:]).sum(axis=1).real / degrees
        whole = (tau * sizes[1:]).sum()
        names |= {"bound": (kappa * (whole - mean))[1:].max(), "total": whole}
        found.append(bool((tau > -CLOSE).all()))
    for formula in document.get("relations", []):
        found.append(holds(formula, names))
    chosen = document.get("class_relations", {"at": [], "formulas": []})
    for c in range(1, len(points)) if chosen["at"] == "all" else chosen["at"]:
        found += [holds(formula, own[c]) for formula in chosen["formulas"]]
    if "conclusions" in document:
        found.append(close(names["margin"] * names["total"], names["bound"] * names["norm"]))
        found.append("every-irrep" not in document["conclusions"] or bool((tau > CLOSE).all()))
    return all_of(found)


def every_group(document: dict) -> bool | None:
    """The constants as numbers at some degrees, types and orders."""
    if document["rule"].startswith("energy"):
        raise Undecided
    real = document.get("types", "real") == "real"

    def at(name: str, d: int, t: int, order: int) -> float:
        node = document[name]
        powers = [fraction(node.get(x, 0)) for x in ("degree", "type", "order")]
        return value(node["coefficient"], {}).real * prod(
            x**e for x, e in zip((d, t, order), powers, strict=True))

    values = []
    for d, t, order in [(1, 1, 7), (2, 1, 7), (3, 1, 60)] + ([] if real else [(2, 2, 7)]):
        cube = (d / (3 * order)) ** 1.5
        kappa = 2 / (3 * sqrt(3) * order**1.5 * sqrt(t * d))
        known = {
            "neuron-identity": lambda d=d: {"value": 2 / d**2},
            "neuron-maximum": lambda d=d, t=t, order=order, cube=cube: {
                "value": at("words", d, t, order) / d**2 * cube},
            "trace-neurons": lambda d=d, cube=cube: {
                "count": 2 * d**3, "strength": cube, "scale": 4 * cube},
            "optimum": lambda d=d, t=t, order=order, kappa=kappa: {
                "value": at("mass", d, t, order) * kappa / d**2 * order,
                "weight": at("mass", d, t, order) / d} | (
                    {"width": 2 * d**3} if "width" in document else {}),
        }
        if document["rule"] in known:
            expected = known[document["rule"]]()
            if not all(close(at(x, d, t, order), y) for x, y in expected.items()):
                return False
            values.append(at("value", d, t, order) / order**-0.5 if "value" in document else 0)
    if document["rule"] == "optimum":
        return (document["sign"] == -1 and close(min(values), max(values))
                and (real or "width" not in document))
    if document["rule"] == "dihedral":
        x = 2 ** fraction(document["exponent"])
        return 1 - x < 0 and 3 - 2 * x < 0
    return fraction(document.get("sum", -1)) == -1


def matrix_identity(document: dict) -> bool | None:
    """Both sides for random matrices, without any relation: they agree as free polynomials."""
    rng = np.random.default_rng(3)
    shapes = document["matrices"]
    sizes = {d: 2 + i for i, d in enumerate(sorted({d for s in shapes.values() for d in s}))}
    matrices = {x: rng.uniform(-1, 1, [sizes[d] for d in s]) for x, s in shapes.items()}
    scalars = {x: rng.uniform(0.5, 1) for x in document["scalars"]}

    def polynomial(node: list) -> np.ndarray:
        parts = []
        for coefficient, word in node:
            unit = len(word) == 2 and word[0] == "I" and "I" not in shapes
            matrix = np.eye(sizes[word[1]]) if unit else np.linalg.multi_dot(
                [np.eye(len(matrices[word[0]])), *(matrices[x] for x in word)])
            parts.append(value(coefficient, scalars) * matrix)
        return sum(parts)

    goal = polynomial(document["goal"])
    rest = sum(polynomial(left) @ polynomial(document["relations"][i]) @ polynomial(right)
               for left, i, right in document["combination"])
    return bool(np.abs(goal - rest).max() < CLOSE)


def torus_bound(document: dict) -> bool | None:
    """The least value that descent from random angles finds, against the bound."""
    from scipy.optimize import minimize

    def total(x: np.ndarray) -> float:
        return sum(float(fraction(weight)) * abs(np.exp(1j * (np.array(terms) @ x)).sum()) ** 2
                   for weight, terms in document["squares"])

    rng = np.random.default_rng(5)
    starts = rng.uniform(0, 2 * np.pi, (12, document["angles"]))
    least = min(minimize(total, start, method="Nelder-Mead").fun for start in starts)
    gap = least - float(fraction(document["bound"]))
    if abs(gap) < 1e-6:
        raise Undecided
    return bool(gap > 0)


def group_energy(document: dict) -> bool | None:
    """The energy from its definition, its derivatives from differences of that quartic."""
    if "characters" in document and not group_margin(
            {x: document[x] for x in ("generators", "representatives", "characters")}):
        return False
    generators = [tuple(g) for g in document["generators"]]
    group = [tuple(range(len(generators[0])))]
    for g in group:
        group += dict.fromkeys(
            h for s in generators if (h := tuple(s[i] for i in g)) not in group)
    order = len(group)
    place = {g: i for i, g in enumerate(group)}
    table = np.array([[place[tuple(h[i] for i in x)] for x in group] for h in group])

    def energy(w: np.ndarray) -> float:
        z = ((w[:order][table] + w[order:]) ** 2).sum(axis=1)
        return ((z - z.mean()) ** 2).sum() / 2

    numbers = [complex(value(x, {})) for x in document["u"] + document["v"]]
    if max(abs(x.imag) for x in numbers) > CLOSE:
        raise Undecided
    w = np.array([x.real for x in numbers])
    size, eye, step = w @ w, np.eye(2 * order), 1e-3 * np.sqrt(w @ w)
    names: Names = {"order": order, "energy": energy(w), "norm": size,
                    "norm_u": (w[:order] ** 2).sum(), "norm_v": (w[order:] ** 2).sum()}

    def slope(y: np.ndarray) -> float:
        return (8 * (energy(w + step * y) - energy(w - step * y))
                - energy(w + 2 * step * y) + energy(w - 2 * step * y)) / (12 * step)

    if "critical" in document or "spectrum" in document:
        gradient = np.array([slope(e) for e in eye])
        gap = np.abs(gradient - 4 * energy(w) / size * w).max() / (1 + np.abs(gradient).max())
        if bool(gap < 1e-6) != document.get("critical", True):
            return False
    if "spectrum" in document:
        bend = np.array([[energy(w + step * (a + b)) + energy(w - step * (a + b))
                          - energy(w + step * (a - b)) - energy(w - step * (a - b))
                          for b in eye] for a in eye]) / (4 * step**2)
        scaled = size**2 * bend - 4 * energy(w) * size * eye - 8 * energy(w) * np.outer(w, w)
        found = np.linalg.eigvalsh(scaled / (energy(w) * size))
        listed = sorted([0.0, *(x for x, times in document["spectrum"] for _ in range(times))])
        if len(listed) != len(found) or not np.allclose(found, listed, atol=1e-3):
            return False
    if "direction" in document:
        way = document["direction"]
        y = np.array([complex(value(x, {})).real for x in way["u"] + way["v"]])
        if abs(y @ w) > CLOSE:
            return False
        second = (16 * (energy(w + step * y) + energy(w - step * y)) - energy(w + 2 * step * y)
                  - energy(w - 2 * step * y) - 30 * energy(w)) / (12 * step**2)
        names |= {"slope": slope(y), "curvature": size * second - 4 * energy(w) * (y @ y)}
    try:
        return relations(document, names) if "relations" in document else True
    except KeyError:
        raise Undecided from None  # a name that needs the isotypic spaces


def order_chain(document: dict) -> bool | None:
    """Whether the goal is in the closure of the facts, by Warshall's algorithm."""
    edges, terms = set(), set()
    for fact in document["facts"]:
        left, relation, right, hypothesis = (
            part.format(N=fact.get("network"), M=fact.get("optimum"), Q=fact.get("distribution"))
            for part in RULES[fact["rule"]])
        if hypothesis and hypothesis not in document.get("hypotheses", [hypothesis]):
            continue
        terms |= {left, right}
        edges |= {(left, right)} | ({(right, left)} if relation == "=" else set())
    for middle, start, end in product(terms, repeat=3):
        if (start, middle) in edges and (middle, end) in edges:
            edges.add((start, end))
    ((relation, (left, right)),) = document["goal"].items()
    found = (left, right) in edges or left == right
    return found and (relation == "<=" or (right, left) in edges or left == right)


ORACLES: dict[str, Callable[[dict], bool | None]] = {
    "statement": statement,
    "network-margin": network_margin,
    "trained-network": trained_network,
    "margin-bound": margin_bound,
    "margin-family": margin_family,
    "width-bound": width_bound,
    "frequency-family": frequency_family,
    "parity-family": parity_family,
    "group-margin": group_margin,
    "convolution": convolution,
    "every-k": every_k,
    "every-group": every_group,
    "order-chain": order_chain,
    "matrix-identity": matrix_identity,
    "group-energy": group_energy,
    "torus-bound": torus_bound,
}


def truth(document: dict) -> bool | None:
    """Whether what the certificate says is true, as far as floats can tell."""
    if document["kind"] not in ORACLES:
        return None
    try:
        return ORACLES[document["kind"]](document)
    except (Undecided, OverflowError):
        return None
