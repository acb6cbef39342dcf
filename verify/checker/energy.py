"""`group-energy`: the energy of one neuron on the composition task of an explicit finite group.

σ(t) = t², weights w = [u; Pv] with (Pv)_h = v_{h⁻¹}.  From the definition E = ½|Ycᵀσ(Xw)|²:
the pair (hx, x⁻¹) has label h and pre-activation u_{hx} + v_x, so with z_h = Σ_x (u_{hx} + v_x)²

    E(w) = ½ Σ_h |z_h − z̄|²,  z̄ the mean of z.

Derivatives are those of this sum.  On the unit sphere the point is w/|w|; E is homogeneous of
degree 4, so all statements are about w itself and need no square root.

Spectrum.  At a critical point ∇E = (4E/N)w with N = |w|², and ∇²E·w = 3∇E, so the Riemannian
Hessian at w/|w|, times N³, is L = N²∇²E − 4EN·I − 8E·wwᵀ, and E* = E/N².  L is symmetric: it has
no eigenvalues but x_i·EN when Π(L − x_i·EN) = 0, and the multiplicities follow from the traces of
its powers, a Vandermonde system.  The radial direction adds one eigenvalue 0.
"""

from fractions import Fraction
from math import lcm

from .characters import Table, _permutations, compose, inverse
from .document import fields
from .exact import Number, total
from .formula import Scope, check_term, evaluate
from .group import check_relations, natural
from .limits import TooLarge, require, spend

Matrix = list[list]
_LARGEST = 130


def _zero(x: object) -> bool:
    return x == 0 if isinstance(x, int) else x.is_zero()


def _sum(values: list) -> object:
    return sum(values) if isinstance(values[0], int) else total(values)


def _dot(a: list, b: list) -> object:
    spend(len(a))
    return _sum([x * y for x, y in zip(a, b, strict=True)])


def _key(x: object) -> object:
    """Different for different numbers; equal ones mostly share it."""
    return x if isinstance(x, int) else frozenset(x.normal().items())


def _number(x: object) -> Number:
    return Number.of(x) if isinstance(x, int) else x


class Neuron:
    """The two halves of a neuron on a group listed breadth first from its generators."""

    def __init__(self, generators: object, u: object, v: object) -> None:
        listed = _permutations(generators)
        identity = tuple(range(len(listed[0])))
        place, queue = {identity: 0}, [identity]
        for g in queue:
            for s in listed:
                h = compose(s, g)
                if h not in place:
                    place[h] = len(queue)
                    queue.append(h)
            if len(queue) > _LARGEST:
                raise TooLarge(f"too large: a group of more than {_LARGEST} elements")
        self.elements, self.order = queue, len(queue)
        # product[h][x] is the number of hx, quotient[h][x] that of h⁻¹x
        self.product = [[place[compose(h, x)] for x in queue] for h in queue]
        self.quotient = [self.product[place[inverse(h)]] for h in queue]
        self.u, self.v = self.vector(u), self.vector(v)
        w = self.u + self.v
        rational = [x.as_fraction() for x in w]
        self.scale = Fraction(1)
        if all(x is not None for x in rational):  # integers are faster, and E is homogeneous
            self.scale = Fraction(lcm(*(x.denominator for x in rational)))
            whole = [int(x * self.scale) for x in rational]
            self.u, self.v = whole[:self.order], whole[self.order:]

    def vector(self, node: object) -> list[Number]:
        """One number for each element."""
        require(isinstance(node, list) and len(node) == self.order,
                f"expected a list of {self.order} numbers, got {{}}", node)
        for x in node:
            check_term(x, frozenset())
        return [evaluate(x, Scope({})) for x in node]

    def sums(self) -> list:
        """z_h.  Equal numbers are squared once: cosines on a large group take few values."""
        left, right = list(map(_key, self.u)), list(map(_key, self.v))
        squares: dict[tuple, object] = {}
        z = []
        for row in self.product:
            parts = []
            for i, (y, key) in zip(row, zip(self.v, right, strict=True), strict=True):
                place = (left[i], key)
                if place not in squares:
                    entry = self.u[i] + y
                    squares[place] = entry * entry
                parts.append(squares[place])
            z.append(_sum(parts))
        return z

    def deviations(self) -> list:
        """M(z_h − z̄)."""
        z = self.sums()
        whole = _sum(z)
        scale = self.order
        return [x * scale - whole if isinstance(x, int) else x.scaled(scale) - whole for x in z]

    def names(self) -> dict[str, Number]:
        """order, energy, norm_u, norm_v, norm: of the weights as listed in the document."""
        gaps = list(map(_number, self.deviations()))
        size = total(x * x.conjugate() for x in gaps)
        square = self.scale**2
        energy = size.scaled(Fraction(1, 2 * self.order**2) / square**2)
        u, v = (total(x * x.conjugate() for x in map(_number, half)).scaled(1 / square)
                for half in (self.u, self.v))
        return {"order": Number.of(self.order), "energy": energy, "norm_u": u, "norm_v": v,
                "norm": u + v}

    def gradients(self) -> Matrix:
        """½∂z_h, one row for each h: (u_i + v_{h⁻¹i})_i and then (u_{hj} + v_j)_j."""
        rows = []
        for h in range(self.order):
            left = [x + self.v[j] for x, j in zip(self.u, self.quotient[h], strict=True)]
            right = [self.u[i] + y for i, y in zip(self.product[h], self.v, strict=True)]
            rows.append(left + right)
        return rows


class Landscape:
    """Energy, gradient and Hessian of a real neuron, up to the common factor M.

    value: 2M²·E; slope: M·∇E/2; hessian: M·∇²E/2.  Each of the sums Σ_h g_h ∂z_h, g_h = M(z_h − z̄),
    needs no centring of ∂z_h because Σg_h = 0.
    """

    def __init__(self, neuron: Neuron) -> None:
        for x in map(_number, neuron.u + neuron.v):
            require((x - x.conjugate()).is_zero(), "the weights are not real")
        m = neuron.order
        g, rows = neuron.deviations(), neuron.gradients()
        self.w = neuron.u + neuron.v
        self.norm = _dot(self.w, self.w)
        self.value = _dot(g, g)
        self.slope = [_dot(g, list(column)) for column in zip(*rows, strict=True)]
        means = [_sum(list(column)) for column in zip(*rows, strict=True)]
        # ½M·Σ_h ∂z_h ∂z_hᵀ centred is 2(MΣ rows rowsᵀ − means meansᵀ); then ½Σ g_h ∂²z_h
        columns = [list(c) for c in zip(*rows, strict=True)]
        two, size = _constant(2, g[0]), _constant(2 * m, g[0])
        self.hessian = [
            [_dot(a, b) * size - means[i] * means[j] * two for j, b in enumerate(columns)]
            for i, a in enumerate(columns)
        ]
        for h in range(m):  # ∂²z_h/∂u_i∂v_j = 2·[i = hj]; the diagonal 2's meet Σg_h = 0
            for j, i in enumerate(neuron.product[h]):
                self.hessian[i][m + j] += g[h]
                self.hessian[m + j][i] += g[h]
        self.order = m

    def critical(self) -> bool:
        """∇E = (4E/N)w.  With the factors above: M·N·slope = value·w."""
        scale = self.norm * _constant(self.order, self.norm)
        return all(_zero(s * scale - self.value * x)
                   for s, x in zip(self.slope, self.w, strict=True))

    def along(self, y: list) -> dict[str, Number]:
        """slope = ∇E·y and curvature = N·yᵀ∇²Ey − 4E|y|² for a tangent vector y."""
        require(_zero(_dot(self.w, y)), "the direction is not tangent: it is not orthogonal to w")
        m = self.order
        slope = _number(_dot(self.slope, y)).scaled(Fraction(2, m))
        image = [_dot(row, y) for row in self.hessian]
        bend = _number(self.norm * _dot(image, y)).scaled(Fraction(2, m))
        loss = _number(self.value * _dot(y, y)).scaled(Fraction(2, m * m))
        return {"slope": slope, "curvature": bend - loss}

    def check_spectrum(self, node: object) -> None:
        """Rejects unless the Riemannian Hessian has these eigenvalues x·E*, [[x, times], …]."""
        require(isinstance(node, list) and node
                and all(isinstance(p, list) and len(p) == 2 for p in node),
                "spectrum lists pairs [multiple of E*, multiplicity]")
        pairs = {}
        for x, times in node:
            require(natural(x, -1000, "a multiple of E*") not in pairs, "{} is listed twice", x)
            pairs[x] = natural(times, 1, "a multiplicity")
        require(self.critical(), "not a critical point on the sphere")
        require(not _zero(self.value), "the energy is 0")
        pairs[0] = pairs.get(0, 0) + 1  # the radial direction
        size = 2 * self.order
        require(sum(pairs.values()) == size, f"the multiplicities do not sum to {size - 1}")
        # 2M²·L = 4M·N²·(M∇²E/2) − 4N·value·I − 8·value·wwᵀ, in units of value·N
        lead = self.norm * self.norm * _constant(4 * self.order, self.norm)
        unit = self.value * self.norm
        four, eight = unit * _constant(4, unit), self.value * _constant(8, unit)
        matrix = [[h * lead - eight * (self.w[i] * self.w[j]) for j, h in enumerate(row)]
                  for i, row in enumerate(self.hessian)]
        for i, row in enumerate(matrix):
            row[i] = row[i] - four
        power, product = None, None
        for place, x in enumerate(pairs):
            step = [[c - unit * _constant(x, unit) if i == j else c for j, c in enumerate(row)]
                    for i, row in enumerate(matrix)]
            product = step if product is None else _multiply(product, step)
            if place:
                power = matrix if power is None else _multiply(power, matrix)
                expected = unit_power(unit, place) * _constant(
                    sum(t * y**place for y, t in pairs.items()), unit)
                trace = _sum([power[i][i] for i in range(size)])
                require(_zero(trace - expected), f"the trace of power {place} is another one")
        require(all(_zero(c) for row in product for c in row), "there are other eigenvalues")


def unit_power(x: object, exponent: int) -> object:
    """x to a small positive power."""
    result = x
    for _ in range(exponent - 1):
        result = result * x
    return result


def _constant(value: int, like: object) -> object:
    return value if isinstance(like, int) else Number.of(value)


def _multiply(a: Matrix, b: Matrix) -> Matrix:
    columns = [list(c) for c in zip(*b, strict=True)]
    return [[_dot(row, c) for c in columns] for row in a]


def _blocks(neuron: Neuron, table: Table) -> dict[str, Number]:
    """For the n-th character: d_n, t_n, and with Π_n its isotypic projector

    power_n = |Σ_h χ_n(h) z_h|², share_n = |Π_n u|² + |Π_n v|², product_n = |Π_n u|²|Π_n v|²,
    inner_n = |u*Π_n v|², left_n = |V U*|² = (d/M) Σ_h |u*Π_n R_h v|², right_n = |U*V|² (the same
    with right translations), plain_n = (d/M) Σ_h |uᵀΠ_n R_h v|².
    """
    m = neuron.order
    names: dict[str, Number] = {}
    u, v = list(map(_number, neuron.u)), list(map(_number, neuron.v))
    z = list(map(_number, neuron.sums()))
    scale = neuron.scale
    unbar = [x.conjugate() for x in u]
    for n, row in enumerate(table.rows, 1):
        d = table.degrees[n - 1]
        values = [row[table.class_of[g]] for g in neuron.elements]

        def project(vector: list[Number], values: list[Number] = values,
                    d: Fraction = d) -> list[Number]:
            # (Π x)_i = (d/M) Σ_j χ̄(i j⁻¹) x_j, and χ̄(ij⁻¹) = χ(ji⁻¹), a class function of i⁻¹j
            return [total(values[neuron.quotient[i][j]] * x for j, x in enumerate(vector))
                    .scaled(d / m) for i in range(m)]

        a, b = project(u), project(v)
        left = [total(x * b[k] for x, k in zip(unbar, neuron.quotient[h], strict=True))
                for h in range(m)]
        plain = [total(x * b[k] for x, k in zip(u, neuron.quotient[h], strict=True))
                 for h in range(m)]
        right = [total(x * b[neuron.product[i][h]] for i, x in enumerate(unbar))
                 for h in range(m)]
        size_a, size_b = (total(x * x.conjugate() for x in half) for half in (a, b))
        power = total(x * y for x, y in zip(values, z, strict=True))
        found = {
            "power": power * power.conjugate(),
            "share": (size_a + size_b).scaled(scale**2),
            "product": size_a * size_b,
            "inner": left[0] * left[0].conjugate(),
            "left": total(x * x.conjugate() for x in left).scaled(d / m),
            "right": total(x * x.conjugate() for x in right).scaled(d / m),
            "plain": total(x * x.conjugate() for x in plain).scaled(d / m),
        }
        names |= {f"{name}_{n}": x.scaled(1 / scale**4) for name, x in found.items()}
    return names | table.names()


def check(document: dict) -> tuple[str, dict]:
    """Accepts when everything that is asserted of the neuron holds."""
    fields(document, {"generators", "u", "v"}, frozenset(
        {"representatives", "characters", "direction", "spectrum", "critical", "relations"}))
    require({"spectrum", "critical", "relations"} & set(document), "nothing is asserted")
    require(("characters" in document) == ("representatives" in document),
            "characters and representatives come together")
    neuron = Neuron(*(document[key] for key in ("generators", "u", "v")))
    names = neuron.names()
    if "characters" in document:
        table = Table(*(document[k] for k in ("generators", "representatives", "characters")))
        names |= _blocks(neuron, table)
    if {"spectrum", "critical", "direction"} & set(document):
        landscape = Landscape(neuron)
        if "critical" in document:
            asserted = document["critical"]
            require(isinstance(asserted, bool), "critical must be true or false, got {}", asserted)
            require(landscape.critical() == asserted,
                    f"the point is {'not ' if asserted else ''}critical")
        if "spectrum" in document:
            landscape.check_spectrum(document["spectrum"])
        if "direction" in document:
            names |= _direction(neuron, landscape, document["direction"])
    if "relations" in document:
        check_relations(document["relations"], names)
    facts = {"order": neuron.order, "energy": str(names["energy"]), "norm": str(names["norm"])}
    return f"a neuron on a group of order {neuron.order}", facts


def _direction(neuron: Neuron, landscape: Landscape, node: object) -> dict[str, Number]:
    require(isinstance(node, dict) and set(node) == {"u", "v"}, "a direction has exactly u and v")
    y = neuron.vector(node["u"]) + neuron.vector(node["v"])
    require(any(not x.is_zero() for x in y), "the direction is 0")
    plain = [x.as_fraction() for x in y]
    if isinstance(landscape.value, int):
        require(all(x is not None and x.denominator == 1 for x in plain),
                "with rational weights a direction is a list of integers")
        y = [int(x) for x in plain]
    return landscape.along(y)
