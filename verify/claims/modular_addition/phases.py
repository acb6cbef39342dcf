"""Which phases satisfy condition (iii), Σ e^{iιφ} = 0 for ι = 2 and 4."""

from __future__ import annotations

from verify.claims.modular_addition.common import candidate
from verify.claims.modular_addition.terms import N, formally, indeterminates, proved
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, Finite, Progression, Whole
from verify.formula import Formula, Term, all_of, cis, equal, rational, total, var
from verify.methods.identities import exact_statement
from verify.methods.refutations import first_failure

_OFFSET = Whole("offsets of equally spaced phases")


def _sums_vanish(count: Term, *orders: int) -> Formula:
    """Σ_{m < count} e(ι(offset + m/count)) = 0 for the orders."""
    offset = var("phi")
    return all_of(
        equal(total("m", 0, count - 1, lambda m, i=i: cis(i * offset + i * m / count)), 0)
        for i in orders
    )


# -- equally spaced phases -----------------------------------------------------------------------

_FOUR = Check(
    name="four phases",
    procedure=first_failure,
    arguments={
        "formula": _sums_vanish(N, 2, 4),
        "points": ({"N": 4, "phi": 0},),
        "fixed": {"offset": "0"},
        "description": "N=4, φ = 0, 1/4, 1/2, 3/4 turns: Σ e^{4iφ} = 4",
    },
)
_COUNTS = Domain.of(N=Finite([3]), offset=_OFFSET)
_MANY = Domain.of(N=Progression(5), offset=_OFFSET)


def _telescoped(step: Term) -> Check:
    """(w−1)(1 + … + w^N) from (w−1)(1 + … + w^{N−1}) = W − 1, W = w^N: true for step w·W.

    So a root of unity w ≠ 1 with w^N = 1 has 1 + w + … + w^{N−1} = 0.
    """
    w, power = var("w"), var("W")
    formula = equal((power - 1) + (w - 1) * power, step - 1)
    return formally("one term more", formula, _MANY, symbols=indeterminates("w", "W"))


def _not_multiples(*counts: int, orders: tuple[int, ...] = (2, 4)) -> Check:
    """N divides neither 2 nor 4: e(ι/N) ≠ 1.  Above 4 no N does."""
    return Check(
        name="N divides neither 2 nor 4",
        procedure=exact_statement,
        arguments={
            "formula": all_of(~equal(cis(rational(i) / N), 1) for i in orders),
            "points": tuple({"N": n} for n in counts),
        },
    )


def _spaced(name: str, scope: Domain, *counts: int) -> Check:
    parts = (_telescoped(var("w") * var("W")), _not_multiples(*counts))
    return proved(name, parts, scope, "equally spaced phases")


_THREE = _spaced("N = 3", _COUNTS, 3)
_FIVE_ON = _spaced("every N ≥ 5", _MANY, 5, 6, 7, 8)


def _spaced_mutants(check: Check) -> tuple[Mutant, ...]:
    return (
        Mutant.of(
            check, "N = 4", parts=(_telescoped(var("w") * var("W")), _not_multiples(3, 4, 5))
        ),
        Mutant.of(check, "another power", parts=(_telescoped(var("W")), _not_multiples(3, 5))),
    )


# -- few phases ----------------------------------------------------------------------------------

_FEW = Domain.of(N=Finite([1, 2]), group=Whole("phases and weights c_m > 0"))
_U, _V, _C, _B = var("u"), var("v"), var("c"), var("b")  # e(2φ_1), e(2φ_2), c_1, c_2


def least_step(factor: Term) -> Check:
    """(c+b)S_4 − S_2² = factor·cb(u−v)²: true for 1.  S_2 = S_4 = 0 then forces u = v, and
    S_2 = (c+b)u ≠ 0.
    """
    second, fourth = _C * _U + _B * _V, _C * _U**2 + _B * _V**2
    left = (_C + _B) * fourth - second**2
    return formally(
        "one and two phases",
        equal(left, factor * _C * _B * (_U - _V) ** 2),
        _FEW,
        symbols=indeterminates("u", "v", "c", "b"),
    )


_LEAST = proved("one and two phases", (least_step(rational(1)),), _FEW, "least number of phases")

# -- ι = 2 and ι = 4 -----------------------------------------------------------------------------


def _newton_step(factor: int) -> Check:
    """Σu² = (Σu)² − factor·u_1u_2u_3·Σu^{−1} for three units: true for 2; Σu^{−1} conjugates Σu."""
    units = [cis(var(f"t{i}")) for i in (1, 2, 3)]
    inverse = total([cis(-var(f"t{i}")) for i in (1, 2, 3)])
    product = units[0] * units[1] * units[2]
    left = total([u**2 for u in units])
    right = total(units) ** 2 - factor * product * inverse
    return formally(
        "Newton's identity for three units",
        equal(left, right),
        _TRIPLES,
        symbols=dict.fromkeys(("t1", "t2", "t3"), "angle"),
    )


_TRIPLES = Domain.of(phases=Whole("three phases of equal weight with Σ e^{2iφ} = 0"))
_QUADRUPLES = Domain.of(phases=Whole("four phases of equal weight with Σ e^{2iφ} = 0"))
_NEWTON = proved("three phases", (_newton_step(2),), _TRIPLES, "least number of phases")


def _implied(count: int) -> Formula:
    """Equally spaced: ι = 2 vanishes and ι = 4 vanishes as well."""
    two, four = (_sums_vanish(rational(count), i) for i in (2, 4))
    return ~two | four


_SQUARE = Check(
    name="four equally spaced phases",
    procedure=first_failure,
    arguments={
        "formula": _implied(4),
        "points": ({"phi": 0},),
        "fixed": {"phases": "0, 1/4, 1/2, 3/4"},
        "description": "φ = 0, 1/4, 1/2, 3/4 turns: Σ e^{2iφ} = 0 and Σ e^{4iφ} = 4",
    },
)


def _claim(
    name: str,
    title: str,
    statement: str,
    domain: Domain,
    reading: str,
    check: Check,
    *mutants: Mutant,
) -> Claim:
    return Claim(
        id=f"he.cand.{name}",
        title=title,
        source=candidate("mechanism"),
        printed_kind="candidate",
        statement=statement,
        domain=domain,
        reading=reading,
        falsified_by="phases that meet the hypotheses and a sum that is not as stated",
        checks=(check,),
        mutants=mutants,
    )


_SPACING = "Equally spaced: neighbours at 1/N of a full turn, from any offset."

CLAIMS = [
    _claim(
        "four-phases",
        "Four equally spaced phases are symmetric",
        "$N=4$ equally spaced phases (any offset) satisfy (iii).",
        Domain.of(N=Finite([4]), offset=_OFFSET),
        _SPACING + " (Four phases at multiples of 1/8 turn do satisfy it.)",
        _FOUR,
        Mutant.of(_FOUR, "ι = 2 alone obeys", formula=_sums_vanish(N, 2)),
        Mutant.of(_FOUR, "three phases obey", points=({"N": 3, "phi": 0},)),
    ),
    _claim(
        "equal-phases.three",
        "Three equally spaced phases are symmetric",
        "$N=3$ equally spaced phases (any offset) satisfy (iii).",
        _COUNTS,
        _SPACING,
        _THREE,
        *_spaced_mutants(_THREE),
    ),
    _claim(
        "equal-phases.five-on",
        "Five or more equally spaced phases are symmetric",
        "Every number $N\\ge5$ of equally spaced phases (any offset) satisfies (iii).",
        _MANY,
        _SPACING,
        _FIVE_ON,
        *_spaced_mutants(_FIVE_ON),
    ),
    _claim(
        "min-group",
        "Three phases are needed",
        "No $N\\le2$ with $c_m>0$ gives $S_2=S_4=0$.",
        _FEW,
        "N = 1 and N = 2; an empty group has empty sums and is no group.",
        _LEAST,
        Mutant.of(_LEAST, "another factor", parts=(least_step(rational(2)),)),
    ),
    _claim(
        "iota-two.three",
        "For three equal weights ι = 2 implies ι = 4",
        "Equal weights: $S_2=0\\Rightarrow S_4=0$ for $N=3$.",
        _TRIPLES,
        "Three arbitrary phases.",
        _NEWTON,
        Mutant.of(_NEWTON, "another factor", parts=(_newton_step(1),)),
    ),
    _claim(
        "iota-two.four",
        "For four equal weights ι = 2 implies ι = 4",
        "Equal weights: $S_2=0\\Rightarrow S_4=0$ for $N=4$.",
        _QUADRUPLES,
        "Four arbitrary phases.",
        _SQUARE,
        Mutant.of(_SQUARE, "three phases obey", formula=_implied(3)),
    ),
]
