"""Validated integration of autonomous ordinary differential equations on Arb balls.

Everything that is returned encloses every solution from the initial box, or says why not:

    system = System.of(lambda x, y: (y, -x), "x y")
    run = integrate(system, {"x": 1, "y": (0, Fraction(1, 100))}, until=10)
    run.outcome, run.reason        # Outcome.REACHED, and its message
    run.end["x"]                   # a Ball
    run.value(x**2 + y**2)         # a function of the state, x and y being `formula.var`s

- `System.of(function, variables, parameters=...)`: the field is a Python function of terms, with
  + - * / ** (integer exponents), `formula.sqrt`, `exp`, `sine` and `cosine` (radians).  Inexact
  parameters (balls, pairs) become variables that stand still.
- `integrate`: up to a time, or until a condition.  Steps come from Taylor series of adaptive
  order and length, an inclusion test of the same order, and sets c + C·r0 + Q·r (`sets`).
- `crossing`: the first time at which a term vanishes.  `blow_up`: the time at which a leading
  variable tends to infinity.  Both return an `Event`.
- `compare`: sub- and super-solutions, certified as differential inequalities.
- `subdivide`: cuts a box of starts or parameters until a method succeeds on every piece.
- `ode_certificate`: the run as a certificate for the independent checker, with assertions from
  `at`, `during`, or an event.  Use the settings `CERTIFIED` for such a run.

Nothing is widened silently.  A method stops with an `Outcome` that names the obstacle: a start on
a singularity, a step that cannot be proved, an enclosure too wide, a tangential crossing.
Floats propose step lengths, frames and trapping boxes, and are refused as input.

Limits: smooth autonomous fields of at most 12 variables and inexact parameters.  `blow_up` needs
a polynomial field and weights for which the directions attract.  Wide boxes want `subdivide`.
"""

from verify.methods.enclosure.blowup import blow_up
from verify.methods.enclosure.boxes import Cover, subdivide
from verify.methods.enclosure.certificate import (
    CERTIFIED,
    NotCertified,
    at,
    during,
    ode_certificate,
)
from verify.methods.enclosure.comparison import Compared, ComparisonResult, compare
from verify.methods.enclosure.events import Event, crossing
from verify.methods.enclosure.integrate import Outcome, Run, Settings, integrate
from verify.methods.enclosure.operations import OutsideClass
from verify.methods.enclosure.system import System, cosine, exp, sine

__all__ = [
    "CERTIFIED",
    "Compared",
    "ComparisonResult",
    "Cover",
    "Event",
    "NotCertified",
    "Outcome",
    "OutsideClass",
    "Run",
    "Settings",
    "System",
    "at",
    "blow_up",
    "compare",
    "cosine",
    "crossing",
    "during",
    "exp",
    "integrate",
    "ode_certificate",
    "sine",
    "subdivide",
]
