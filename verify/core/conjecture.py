"""The short form of a claim: a function of parameters that returns a relation.

    @conjecture("squares", source="A. Person")
    @forall(n=ints(0, 100))
    def squares(n):
        return equal(total("i", 1, n, lambda i: 2 * i - 1), n**2)

The name ``squares`` is then a `Claim`, which ``verify run`` and pytest find in the file.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from itertools import islice

from verify.core.claim import Check, Claim, Mutant, Source
from verify.core.ranges import Sparse
from verify.core.universal import ConjectureError, Universal
from verify.formula import Formula
from verify.methods.exhaustive import MOST_ASSIGNMENTS, random_sample, smallest_first

_ARXIV = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5})(v\d+)?[\s,;:]*(.*)", re.IGNORECASE)

MutantLike = Callable[..., Formula] | Universal


def conjecture(
    title: str,
    *,
    source: str | Source,
    id: str | None = None,
    statement: str | None = None,
    reading: str = "",
    mutants: Sequence[MutantLike] = (),
    corrects: str | None = None,
    corrected_by: str | None = None,
) -> Callable[[Universal], Claim]:
    """Makes a claim of a function under ``@forall(...)``.

    The relation is decided in exact arithmetic at the smallest assignments, as many as the
    profile's budget allows, and at a random sample when the domain has more.  With angles it is
    settled as a formal identity.

    Args:
        title: a few words.
        source: a person, or a paper such as ``"arXiv:2602.16849v1, Proposition 4.2"``.
        id: defaults to the function's name with hyphens.
        statement: text with $LaTeX$; defaults to the function's docstring, else the title.
        reading: how vague words were read.
        mutants: wrong variants that must not be established: functions of the same parameters,
            or functions with a ``@forall`` of their own.  The opposite of the relation is always
            among the mutants.

    Raises:
        ConjectureError: when the function's first relation is not a formula.
        TypeError: when the decorators are used otherwise than described.
    """
    if not isinstance(title, str):
        raise TypeError(
            'conjecture needs a title and a source: @conjecture("title", source="A. Person"); '
            f"got {title!r} (type={type(title).__name__})"
        )

    def claim(universal: Universal) -> Claim:
        if not isinstance(universal, Universal):
            raise TypeError(
                "expected a function under @forall(...), got "
                f"{universal!r} (type={type(universal).__name__}); write @conjecture(...) above "
                "@forall(p=primes(3, 61), ...) above the function"
            )
        _try_first(universal)
        checks = _checks(universal)
        text = statement or inspect.getdoc(universal.function) or title
        return Claim(
            id=id or universal.name.strip("_").replace("_", "-"),
            title=title,
            source=source if isinstance(source, Source) else _source(source),
            statement=text,
            domain=universal.domain,
            hypotheses=tuple(universal.domain.where),
            falsified_by="parameters at which the relation fails",
            printed_kind="candidate",
            reading=reading,
            checks=checks,
            mutants=(*_opposites(checks), *_given(checks[0], universal, mutants)),
            corrects=corrects,
            corrected_by=corrected_by,
        )

    return claim


def _try_first(universal: Universal) -> None:
    """Builds the smallest relation, so that a wrong function is noticed where it is written."""
    try:
        for assignment in islice(universal.domain.assignments(), 1):
            universal.relation(assignment)
    except Sparse:
        return  # the check will say that the hypotheses are never met


def _checks(universal: Universal) -> tuple[Check, ...]:
    arguments = {"universal": universal, "opposite": False}
    first = Check(name="smallest first", procedure=smallest_first, arguments=arguments)
    most = MOST_ASSIGNMENTS["quick"]
    try:
        more = any(True for _ in islice(universal.domain.assignments(), most, None))
    except Sparse:
        more = False
    if not more:
        return (first,)
    return first, Check(name="random sample", procedure=random_sample, arguments=arguments)


def _opposites(checks: Sequence[Check]) -> tuple[Mutant, ...]:
    return tuple(
        Mutant.of(check, "the opposite of what holds first", opposite=True) for check in checks
    )


def _given(
    check: Check, universal: Universal, mutants: Sequence[MutantLike]
) -> tuple[Mutant, ...]:
    if callable(mutants) or isinstance(mutants, Universal):
        raise TypeError("expected a list of mutants: mutants=[wrong_constant]")
    made = []
    for given in mutants:
        if isinstance(given, Universal):
            mutated = given
        elif callable(given) and hasattr(given, "__code__"):
            mutated = universal.with_function(given)
        else:
            raise TypeError(
                f"expected a function of {', '.join(universal.domain.ranges)} as mutant of "
                f"{universal.name}, got {given!r} (type={type(given).__name__})"
            )
        made.append(Mutant.of(check, _words(mutated), universal=mutated))
    return tuple(made)


def _words(universal: Universal) -> str:
    """What a mutant changes: the function's docstring, else its name."""
    return inspect.getdoc(universal.function) or universal.name.replace("_", " ")


def _source(text: str) -> Source:
    match = _ARXIV.fullmatch(text.strip()) if isinstance(text, str) else None
    if match:
        return Source(
            title="", arxiv=match[1], version=match[2] or "", locator=match[3].strip()
        )
    if not isinstance(text, str) or not text.strip():
        raise TypeError(
            f"expected a person or a paper as source, got {text!r} (type={type(text).__name__})"
        )
    return Source(title=text.strip())


__all__ = ["ConjectureError", "conjecture"]
