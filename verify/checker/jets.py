"""Taylor jets by recurrences, over intervals or over intervals with slopes.

A program is a list of operations (kind, operands…) without repetitions, the variables first; a
jet is the list of Taylor coefficients of an operation in time.
"""

from fractions import Fraction

from .formula import rational, valid_name
from .limits import bounded, require, spend

MAX_EXPONENT = 64
_FUNCTIONS = {"sqrt": "sqrt", "exp": "exp", "sin_radians": "sin", "cos_radians": "cos"}


class Program:
    """Terms over named variables, compiled.  outputs: a Fraction (a constant) or a position."""

    def __init__(self, names: list[str], nodes: list) -> None:
        self.names = {valid_name(name): i for i, name in enumerate(names)}
        require(len(self.names) == len(names), "a variable is listed twice")
        self.ops: list[tuple] = [("var", i) for i in range(len(names))]
        self._known = {op: i for i, op in enumerate(self.ops)}
        self.outputs = [self._term(node) for node in nodes]

    def _emit(self, *op) -> int:
        if op not in self._known:
            self._known[op] = len(self.ops)
            self.ops.append(op)
        return self._known[op]

    def _place(self, x: Fraction | int) -> int:
        return self._emit("const", x) if isinstance(x, Fraction) else x

    def _term(self, node: object) -> Fraction | int:
        spend()
        if not isinstance(node, dict):
            return rational(node)
        require(len(node) == 1, "a term is an object with exactly one key, got {}", node)
        ((key, body),) = node.items()
        if key == "var":
            require(valid_name(body) in self.names, "unbound variable {}", body)
            return self.names[body]
        if key in _FUNCTIONS:
            return self._function(_FUNCTIONS[key], self._place(self._term(body)))
        if key == "neg":
            return self._product(Fraction(-1), self._term(body))
        require(key in ("+", "*", "-", "/", "^"), "unknown term {} in a field", key)
        require(isinstance(body, list) and (key in "+*" or len(body) == 2),
                "{} needs a list of terms", key)
        if key == "^":
            require(type(body[1]) is int and abs(body[1]) <= MAX_EXPONENT,
                    f"an exponent is an integer of size ≤ {MAX_EXPONENT}, got {{}}", body[1])
            return self._power(self._term(body[0]), body[1])
        terms = [self._term(child) for child in body]
        if key == "/":
            return self._quotient(*terms)
        if key == "-":
            return self._sum(terms[0], self._product(Fraction(-1), terms[1]))
        result = Fraction(key == "*")
        for term in terms:
            result = self._product(result, term) if key == "*" else self._sum(result, term)
        return result

    def _sum(self, x: Fraction | int, y: Fraction | int) -> Fraction | int:
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return bounded(x + y)
        for term, other in ((x, y), (y, x)):
            if isinstance(term, Fraction) and term == 0:
                return other
        return self._emit("add", self._place(x), self._place(y))

    def _product(self, x: Fraction | int, y: Fraction | int) -> Fraction | int:
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return bounded(x * y)
        x, y = (y, x) if isinstance(y, Fraction) else (x, y)
        if not isinstance(x, Fraction):
            return self._emit("mul", x, y)
        return x if x == 0 else y if x == 1 else self._emit("times", x, y)

    def _quotient(self, x: Fraction | int, y: Fraction | int) -> Fraction | int:
        if isinstance(y, Fraction):
            require(y != 0, "division by zero")
            return self._product(1 / y, x)
        return self._emit("div", self._place(x), y)

    def _power(self, x: Fraction | int, exponent: int) -> Fraction | int:
        if exponent < 0:
            return self._quotient(Fraction(1), self._power(x, -exponent))
        result = Fraction(1)
        for bit in f"{exponent:b}":
            result = self._product(result, result)
            result = self._product(result, x) if bit == "1" else result
        return result

    def _function(self, kind: str, x: int) -> int:
        if kind in ("sqrt", "exp"):
            return self._emit(kind, x)
        sine = self._emit("sin", x)  # a pair, since their recurrences need each other
        self._emit("cos", x)
        return sine if kind == "sin" else sine + 1

    def extend(self, jets: list[list], k: int) -> None:
        """Appends coefficient k of every operation to its jet; the variables have theirs."""
        one = jets[0][0]
        spend(len(self.ops) * (k + 1))
        for (kind, *args), jet in zip(self.ops, jets, strict=True):
            if kind == "var":
                continue
            a, b = (jets[i] if isinstance(i, int) else i for i in (args[0], args[-1]))
            if kind == "const":
                value = one.constant(a if k == 0 else Fraction(0))
            elif kind == "times":
                value = b[k].times(a)
            elif kind == "add":
                value = a[k] + b[k]
            elif kind == "mul":
                square = k == 0 and args[0] == args[1]
                value = a[0].square() if square else one.dot(a[: k + 1], b[k::-1])
            elif kind == "div":  # a = c·b
                value = (a[k] - one.dot(jet, b[k:0:-1]) if k else a[0]) / b[0]
            elif k == 0:
                value = getattr(a[0], kind)()
            elif kind == "sqrt":  # a = c²
                value = (a[k] - one.dot(jet[1:], jet[:0:-1])) / jet[0].times(Fraction(2))
            else:  # k·c_k = Σ j·a_j·(derivative of the function)_{k−j}
                pair = {"exp": "exp", "sin": "cos", "cos": "sin"}[kind]
                other = jets[self._known[pair, args[0]]]
                weighted = [a[j].times(Fraction(j)) for j in range(1, k + 1)]
                sign = -1 if kind == "cos" else 1
                value = one.dot(weighted, other[k - 1 :: -1]).times(Fraction(sign, k))
            jet.append(value)

    def output(self, i: int, jets: list[list], k: int):  # an Interval or a Dual, as the jets
        """Coefficient k of an output."""
        out = self.outputs[i]
        if isinstance(out, Fraction):
            return jets[0][0].constant(out if k == 0 else Fraction(0))
        return jets[out][k]

    def values(self, point: list) -> list:
        """The outputs at a point."""
        jets = [[x] for x in point] + [[] for _ in self.ops[len(point):]]
        self.extend(jets, 0)
        return [self.output(i, jets, 0) for i in range(len(self.outputs))]

    def solve(self, start: list, length: Fraction, order: int) -> list[list]:
        """Coefficients 0..order of the solution of x' = outputs in the time t/length."""
        n = len(start)
        jets = [[x] for x in start] + [[] for _ in self.ops[n:]]
        for k in range(order):
            self.extend(jets, k)
            for i in range(n):
                jets[i].append(self.output(i, jets, k).times(length / (k + 1)))
        return jets[:n]
