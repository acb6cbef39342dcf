"""`statement`: a formula that is true (or false) at every listed point."""

from .document import fields
from .exact import Number
from .formula import Scope, check_formula, identity, rational, truth, valid_name
from .limits import require


def check(document: dict) -> tuple[str, dict]:
    """Accepts when the formula has the asserted truth value at every point."""
    fields(document, {"points", "formula", "holds"}, frozenset({"formal"}))
    points, holds = document["points"], document["holds"]
    formal = document.get("formal", {})
    require(isinstance(points, list) and points, "points must be a non-empty list of mappings")
    require(isinstance(holds, bool), "holds must be true or false, got {}", holds)
    require(isinstance(formal, dict), "formal must map symbols to their sort")
    for name, sort in formal.items():
        valid_name(name)
        require(sort in ("indeterminate", "angle"), "unknown sort {} of {}", sort, name)
    require(holds or not formal, "a failed formal identity says nothing: give a point")
    for point in points:
        require(isinstance(point, dict), "a point maps names to numbers, got {}", point)
        require(not set(point) & set(formal), "a formal symbol has no value at a point")
        names = frozenset(map(valid_name, [*point, *formal]))
        check_formula(document["formula"], names)
        scope = Scope({name: Number.of(rational(value)) for name, value in point.items()}, formal)
        evaluated = (identity if formal else truth)(document["formula"], scope)
        require(evaluated == holds, f"the formula is {str(evaluated).lower()} at {{}}", point)
    word = "true" if holds else "false"
    place = "identically" if formal else f"at {len(points)} point(s)"
    return f"the formula is {word} {place}", {"points": len(points), "formal": sorted(formal)}
