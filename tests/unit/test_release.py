"""The verdict of today beside the one recorded at release."""

import pytest

from verify.release import Standing


def _entry(verdict, *, killed=True):
    return {"id": "x", "verdict": verdict, "mutants": [{"name": "m", "killed": killed}]}


@pytest.mark.parametrize("verdict", ["SUPPORTED", "REFUTED", "INCONCLUSIVE", "UNCHECKED"])
def test_a_deeper_profile_may_settle_what_the_quick_one_leaves_unchecked(verdict):
    """Records are of the quick profile, which does not begin long runs."""
    standing = Standing(entry=_entry(verdict), home=None, released="UNCHECKED", deeper=True)
    assert standing.ok
    assert (
        verdict == "UNCHECKED"
        or not Standing(entry=_entry(verdict), home=None, released="UNCHECKED").ok
    )


def test_a_deeper_profile_excuses_nothing_else():
    """A verdict that was recorded must come out again, and no mutant may survive."""
    changed = Standing(entry=_entry("SUPPORTED"), home=None, released="PROVED", deeper=True)
    assert not changed.ok
    blunt = _entry("SUPPORTED", killed=False)
    assert not Standing(entry=blunt, home=None, released="UNCHECKED", deeper=True).ok
