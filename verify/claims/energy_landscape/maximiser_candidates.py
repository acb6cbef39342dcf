"""Candidates for the form, the value and the place of the local maxima."""

from __future__ import annotations

from constructions.energy import maximiser
from constructions.groups.characters import CharacterTable, character_table
from constructions.groups.families import special_linear
from constructions.groups.irreps import real_blocks
from constructions.groups.permutation import alternating
from verify.claims.energy_landscape.common import (
    EIGHTH,
    GROWING,
    NO_ENERGY,
    Q8,
    S3,
    SHIFTED,
    SIGN,
    SIGN4,
    VALUE,
    WAVE,
    Z2,
    Z3,
    Z4,
    against,
    against_lemma,
    lemma,
    maxima,
    of_type,
    on_sphere,
    pair,
    with_relations,
)
from verify.claims.energy_landscape.maximisers import (
    GENERIC,
    MIXED_AT,
    MIXED_WRONG,
    ONE_OF_EACH,
    ONE_OF_EACH_MUTANT,
    S3_LEFT,
    S3_RIGHT,
    peak_of,
    z3_peak,
)
from verify.claims.writing import altered
from verify.core.claim import Check, Claim, Mutant
from verify.core.domain import Domain, at_least
from verify.formula import equal, var
from verify.methods.characters import Content, degree, group_counterexample, kind, nontrivial
from verify.methods.energy import NORM

_ONE = maxima("maxima", conclusions=["one-block"])
_NEVER_MIXED = against_lemma(
    "maxima", "energy-maxima", {"group": "Z4"},
    "Z4 has two blocks, and no local maximum mixes them; nor does one of any other group",
    value=VALUE, conclusions=["one-block"],
)
_EACH = maxima("maxima", conclusions=["each-block"])
_HALVES = maxima("maxima", share="1/2")
_THIRD = Mutant.of(_HALVES, "a third", constants={**_HALVES.arguments["constants"], "share": "1/3"})

CLAIMS: list[Claim] = [
    on_sphere(
        "li2.cand.one-block.all", "Local maxima lie in one real block", "Maximisers",
        "Local maxima with $E>0$ lie in one real block each.",
        "a group and a local maximum with parts in two blocks", (_ONE, MIXED_AT),
        altered(_ONE, "no energy in any block", value=NO_ENERGY), MIXED_WRONG,
    ),
    on_sphere(
        "li2.cand.one-block.some-mix", "Some local maxima mix two blocks", "Maximisers",
        "Some local maxima with $E>0$ mix two real blocks.",
        "a proof that no local maximum of any group does", _NEVER_MIXED,
        altered(_NEVER_MIXED, "another conclusion", conclusions=["many-blocks"]),
    ),
    on_sphere(
        "li2.cand.each-block", "Each block has a local maximum", "Maximisers",
        "Each non-trivial real block has a local maximum.",
        "a group and a block without one", (_EACH, ONE_OF_EACH),
        altered(_EACH, "no energy in any block", value=NO_ENERGY), ONE_OF_EACH_MUTANT,
    ),
    on_sphere(
        "li2.cand.halves", "Both halves have norm 1/√2", "Maximisers",
        "At local maxima with $E>0$: $|u|^2=|v|^2=1/2$.",
        "a group and a local maximum with other norms", _HALVES, _THIRD,
    ),
]

# -- forms -----------------------------------------------------------------------------------------

_FORM_TEX = {
    "signed": "$V=\\pm U$",
    "signed-rank": "$V=\\pm U$ of rank one",
    "right": "$U=bc^*$, $V=ac^*$",
    "left": "$U=cb^*$, $V=ca^*$",
    "rank": "$U$, $V$ of rank one",
    "free": "nothing else",
}
_Z3_PEAK = against(
    z3_peak(peak_of(Z3, 4)), "Z3: u = (2, −1, −1), v = (−1, 2, −1) is a maximum, and V ≠ ±U",
    rests_on=("energy maxima",),
)
_Z3_OFF = with_relations(_Z3_PEAK, "M/16", peak_of(Z3, 16))
_S3_PEAK = against(
    pair(S3, *S3_RIGHT, characters=True, relations=(peak_of(S3, 4), equal(var("share_3"), NORM))),
    "S3: U = bc*, V = ac* with a, b not parallel has E = M/4 in the block with D = 2",
    rests_on=("energy maxima",),
)
_S3_OFF = Mutant.of(_S3_PEAK, "U = cb*, V = ca*", neuron=pair(
    S3, *S3_LEFT, characters=True, relations=(peak_of(S3, 4),)))
_S3_LEFT = against(
    pair(S3, *S3_LEFT, critical=False),
    "S3: U = cb*, V = ca* with a, b neither parallel nor orthogonal is not even critical",
)
_S3_GENERIC = against(
    pair(S3, GENERIC, critical=False),
    "S3: U = V with singular values 1 : 3 is not even critical",
)
_RANK_ONE = Mutant.of(_S3_GENERIC, "rank one", neuron=pair(S3, S3_RIGHT[0], critical=False))
_LEFT_OK = Mutant.of(_S3_LEFT, "U = bc*, V = ac*", neuron=pair(S3, *S3_RIGHT, critical=False))


def _contains(form: str) -> Check:
    return maxima("maxima", contained_in=[form])


def _inside(form: str) -> Check:
    return maxima("maxima", contain=[form])


# ⊆: every maximum has the form; ⊇: every point of the form is one.
_SUBSET = {
    "signed": (_Z3_PEAK, _Z3_OFF), "signed-rank": (_Z3_PEAK, _Z3_OFF), "left": (_S3_PEAK, _S3_OFF),
    **{form: (_contains(form), altered(_contains(form), "V = ±U", contained_in=["signed"]))
       for form in ("right", "rank", "free")},
}
_SUPERSET = {
    "signed": (_S3_GENERIC, _RANK_ONE), "free": (_S3_GENERIC, _RANK_ONE),
    "left": (_S3_LEFT, _LEFT_OK), "rank": (_S3_LEFT, _LEFT_OK),
    **{form: (_inside(form), altered(_inside(form), "any of rank one", contain=["rank"]))
       for form in ("right", "signed-rank")},
}
for _form, _tex in _FORM_TEX.items():
    for _side, _table, _says in (
        ("sub", _SUBSET, "is of the form"), ("sup", _SUPERSET, "includes all points of the form"),
    ):
        _check, _mutant = _table[_form]
        CLAIMS.append(on_sphere(
            f"li2.cand.form-{_form}.{_side}",
            f"The maxima of a block and the form {_form}: {'⊆' if _side == 'sub' else '⊇'}",
            "Maximisers",
            f"The set of local maxima in a block {_says} $|U|=|V|=1/\\sqrt2$, {_tex}.",
            "a group and a maximum of another form" if _side == "sub"
            else "a group and a point of the form that is no maximum",
            _check, _mutant, reading="a, b, c ∈ 𝔽^m; every non-trivial real block of every group. ",
        ))

_CYCLIC = Domain.of(p=at_least(3))
_FREE_PHASES = lemma("maxima", "energy-maxima", _CYCLIC, value=VALUE, contained_in=["right"],
                     contain=["right"], conclusions=["one-block"])
_QUARTER = against(
    z3_peak(peak_of(Z3, 4), shifted=False), "Z3: u = v = (2, −1, −1) is a maximum, phases equal",
    rests_on=("energy maxima",), p=3,
)
_EQUAL = against(
    z3_peak(peak_of(Z3, 4)), "Z3: u = (2, −1, −1), v = (−1, 2, −1): phases a third of a turn apart",
    rests_on=("energy maxima",), p=3,
)
_PHASES = "At frequencies with $2k\\ne M$: one frequency, phases of $u$ and $v$ "
CLAIMS += [
    on_sphere(
        "li2.cand.form-cyclic.equal", "Cyclic maxima: phases equal modulo π", "Maximisers",
        _PHASES + "equal modulo $\\pi$.", "M and a maximum with another relative phase", _EQUAL,
        with_relations(_EQUAL, "M/16", peak_of(Z3, 16)), domain=_CYCLIC,
    ),
    on_sphere(
        "li2.cand.form-cyclic.independent", "Cyclic maxima: independent phases", "Maximisers",
        _PHASES + "independent.", "M and two phases that give no maximum", _FREE_PHASES,
        altered(_FREE_PHASES, "V = ±U", contained_in=["signed"]), domain=_CYCLIC,
        reading="The maxima at a frequency are all u = cos(kωx + φ)/√M, v = cos(kωx + ψ)/√M (𝔽 = "
        "C, m = 1: bc*, ac* are any two numbers of modulus 1/√2). ",
    ),
    on_sphere(
        "li2.cand.form-cyclic.quarter", "Cyclic maxima: phases a quarter turn apart", "Maximisers",
        _PHASES + "$\\pm\\pi/2$ apart.", "M and a maximum with another relative phase", _QUARTER,
        with_relations(_QUARTER, "M/16", peak_of(Z3, 16)), domain=_CYCLIC,
    ),
]

# -- values ----------------------------------------------------------------------------------------

_Q8_BLOCK = real_blocks(character_table(Q8))[-1]
_TYPES = {
    "R": ("real", pair(Z2, SIGN), 1, 1),
    "C": ("complex", pair(Z3, WAVE, SHIFTED), 2, 1),
    "H": ("quaternionic", pair(Q8, *maximiser(Q8, _Q8_BLOCK, shift=1)), 4, 2),
}
for _letter, (_word, _neuron, _dimension, _degree) in _TYPES.items():
    _domain = of_type(f"with a non-trivial irrep of {_word} type")
    for _delta, _size in (("d", _degree), ("D", _dimension)):
        for _q in (2, 4, 8, 16):
            _id = f"li2.cand.peak.{_letter}-{_delta}-q{_q}"
            _title = f"The peak of {_word} blocks, M/({_q}{_delta})"
            _text = f"At the maxima of a block of {_word} type $E^*=M/({_q}{_delta})$."
            _false = "a group and a maximum of such a block with another energy"
            if _q * _size == 2 * _dimension:
                _value = lemma("value", "energy-maxima", _domain, value=VALUE, share="1/2")
                CLAIMS.append(on_sphere(
                    _id, _title, "Maximisers", _text, _false, _value,
                    altered(_value, "M/(8D)", value=EIGHTH), domain=_domain,
                    reading="D = d for real type, D = 2d otherwise: M/(2D). ",
                ))
                continue
            _right = 2 * _dimension
            _check = against(
                pair(_neuron.group, _neuron.u, _neuron.v,
                     relations=(peak_of(_neuron.group, _right),)),
                f"{_neuron.group.name}, D = {_dimension}: E* = M/{_right}, not M/{_q * _size}",
                rests_on=("energy maxima",),
            )
            CLAIMS.append(on_sphere(
                _id, _title, "Maximisers", _text, _false, _check,
                with_relations(_check, "the stated value", peak_of(_neuron.group, _q * _size)),
                domain=_domain,
            ))

_LEAST = maxima("maxima", conclusions=["least-dimension"])
_SIGN_WINS = against(
    pair(Z4, SIGN4, relations=(peak_of(Z4, 2),)),
    "Z4, all d_k = 1: the global maximum M/2 is at the sign, and the pair has at most M/4",
    rests_on=("energy maxima",),
)
_SIGN_MUTANT = with_relations(_SIGN_WINS, "M/4", peak_of(Z4, 4))


def _least_degree_loses(table: CharacterTable) -> Content:
    """Every non-trivial irrep of least degree has t·d, which is D, above that of another one."""
    least = min(table.degrees[n - 1] for n in nontrivial(table))
    real = {n: table.degrees[n - 1] * (1 if table.indicators[n - 1] == 1 else 2)
            for n in nontrivial(table)}
    best = min(real, key=lambda n: real[n])
    loses = [kind(n) * degree(n) > kind(best) * degree(best)
             for n in nontrivial(table) if table.degrees[n - 1] == least]
    smallest = [degree(n) >= least for n in nontrivial(table)]
    return Content(relations=(*loses, *smallest))


_ICOSAHEDRAL = Check(
    name="degrees and types of SL(2, 5)",
    procedure=group_counterexample,
    arguments={
        "group": special_linear(5), "violation": _least_degree_loses,
        "rests_on": ("irreducible rows", "energy maxima"),
        "description": "SL(2, 5): the irreps of degree 2 are quaternionic, D = 4 and E* = M/8; "
        "those of degree 3 are real, D = 3 and E* = M/6",
    },
)
_GLOBAL = "The global maximum lies at "
_TWO = maxima("global", **{"global": {"dimension": 1, "divisor": 2}})
CLAIMS += [
    on_sphere(
        "li2.cand.global.min-d", "The global maximum lies at the least degree", "Maximisers",
        _GLOBAL + "$\\min d_k$.", "a group and an irrep of least degree without a global maximum",
        _SIGN_WINS, _SIGN_MUTANT, reading="At exactly the irreps with the least d_k among k ≠ 0; "
        "at some of them: li2.cand.global.min-d.some. ",
    ),
    on_sphere(
        "li2.cand.global.min-d.some", "The global maximum lies at an irrep of least degree",
        "Maximisers", _GLOBAL + "$\\min d_k$.",
        "a group none of whose irreps of least degree has a global maximum",
        _ICOSAHEDRAL, Mutant.of(_ICOSAHEDRAL, "SL(2, 3)", group=special_linear(3)),
        Mutant.of(_ICOSAHEDRAL, "A5", group=alternating(5)),
        reading="At one of the irreps with the least d_k among k ≠ 0. A non-trivial character of "
        "degree 1 has D ≤ 2 and is such an irrep or ties; so a counterexample equals its "
        "commutator subgroup, and below order 120 only A5 does, which obeys. ",
    ),
    on_sphere(
        "li2.cand.global.min-real", "The global maximum lies at the least real dimension",
        "Maximisers", _GLOBAL + "$\\min D_k$.", "a group with a global maximum elsewhere",
        _LEAST, altered(_LEAST, "energy in proportion to D", value=GROWING),
        reading="At exactly the non-trivial blocks with the least D_k, all of them. ",
    ),
    on_sphere(
        "li2.cand.global.every", "The global maximum lies at every irrep", "Maximisers",
        _GLOBAL + "every irrep.", "a group and an irrep without a global maximum",
        _SIGN_WINS, _SIGN_MUTANT,
    ),
    on_sphere(
        "li2.cand.global-real.q2", "Global maximum M/2 iff a sign exists", "Maximisers",
        "The global maximum is $M/2$ iff a non-trivial homomorphism to $\\{\\pm1\\}$ exists.",
        "a group with one and not the other", _TWO,
        altered(_TWO, "M/4", **{"global": {"dimension": 1, "divisor": 4}}),
        reading="D_k = 1 iff χ_k is such a homomorphism; for min D ≥ 2 the maximum is at most "
        "M/4. ",
    ),
]
for _q in (4, 8):
    _check = against(
        pair(Z2, SIGN, relations=(peak_of(Z2, 2),)),
        f"Z2 has the sign, and its maxima have E = M/2, not M/{_q}", rests_on=("energy maxima",),
    )
    CLAIMS.append(on_sphere(
        f"li2.cand.global-real.q{_q}", f"Global maximum M/{_q} iff a sign exists", "Maximisers",
        f"The global maximum is $M/{_q}$ iff a non-trivial homomorphism to $\\{{\\pm1\\}}$ exists.",
        "a group with one and not the other", _check,
        with_relations(_check, "the stated value", peak_of(Z2, _q)),
    ))
