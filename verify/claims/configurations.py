"""Named training configurations of all sources."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verify.methods.training import Configuration


def names() -> dict[str, int]:
    """Every name with the modulus of its source."""
    from verify.claims.energy_landscape import configurations as energy
    from verify.claims.fourier_circuits import configurations as fourier
    from verify.claims.modular_addition import configurations as modular

    return {**modular.MODULI, **fourier.MODULI, **energy.MODULI}


def named(name: str, modulus: int | None = None) -> Configuration:
    """The configuration of a name; its source's modulus if none is given.

    Raises:
        ConfigurationError: for an unknown name, with the nearest ones, and for a modulus that the
            configuration does not admit.
    """
    from verify.claims.energy_landscape import configurations as energy
    from verify.claims.fourier_circuits import configurations as fourier
    from verify.claims.modular_addition import configurations as modular
    from verify.methods.training import ConfigurationError

    known = {**modular.CONFIGURATIONS, **fourier.CONFIGURATIONS, **energy.CONFIGURATIONS}
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.5) or list(known)
        raise ConfigurationError(
            f"no configuration is called {name!r}; did you mean {', '.join(near)}?"
        )
    return known[name](names()[name] if modulus is None else modulus)
