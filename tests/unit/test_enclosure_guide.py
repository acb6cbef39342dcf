"""The guide to the integrator runs as printed."""

import re
from pathlib import Path

from verify.checker import check_document

GUIDE = Path(__file__).parents[2] / "docs" / "enclosures.md"


def test_the_example_of_the_guide(capsys):
    """The code of docs/enclosures.md runs, and its certificate is accepted."""
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    names: dict = {}
    exec(code, names)
    assert capsys.readouterr().out.count("\n") >= 4
    assert names["first"].outcome.success
    assert names["end"].outcome.success
    assert names["bound"].certificate is not None
    document = {"format": "verify-certificate/1", "claim": "guide", **names["certificate"]}
    assert check_document(document).accepted
