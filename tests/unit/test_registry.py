"""The registry: links between claims, ids, and users' files."""

import pytest

from tests.unit.test_engine import make_claim
from verify.core.registry import ClaimFileError, Registry, load_file


def test_links_lead_both_ways():
    """A correction and what it corrects name each other; one may correct several."""
    Registry(
        [
            make_claim("a", corrected_by="c"),
            make_claim("b", corrected_by="c"),
            make_claim("c", corrects="a"),
        ]
    ).check_links()


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([{"corrected_by": "b"}], "a names an unknown correction 'b'"),
        ([{"corrects": "b"}], "a says it corrects the unknown 'b'"),
        ([{"corrected_by": "b"}, {}], "set its corrects to 'a'"),
        ([{}, {"corrects": "a"}], "corrected by None; set its corrected_by to 'b'"),
    ],
)
def test_a_link_that_leads_nowhere_or_one_way_is_named(claims, words):
    """The message says which claim lacks which link."""
    made = [make_claim(name, **links) for name, links in zip("ab", claims, strict=False)]
    with pytest.raises(ValueError, match=words):
        Registry(made).check_links()


@pytest.mark.parametrize("claim_id", ["", "a b", "a/b", "../a", ".a", "a" * 121, "ä"])
def test_ids_are_names_of_files_and_parts_of_commands(claim_id):
    """What could not be a file's name is no id."""
    with pytest.raises(ValueError, match="is not usable"):
        Registry([make_claim(claim_id)])


def test_two_different_claims_of_one_id_in_a_file_are_refused(tmp_path):
    """The same claim under two names counts once; another one of the same id is an error."""
    path = tmp_path / "mine.py"
    head = "from tests.unit.test_engine import make_claim\none = make_claim('mine.one')\n"
    path.write_text(head + "again = one\n")
    assert [claim.id for claim in load_file(path)] == ["mine.one"]
    path.write_text(head + "other = make_claim('mine.one')\n")
    with pytest.raises(ValueError, match=r"the id 'mine\.one'"):
        load_file(path)


def test_a_file_is_run_once_for_each_of_its_contents(tmp_path):
    """Loading twice gives the same objects; after a change the file is run again."""
    path = tmp_path / "mine.py"
    head = "from tests.unit.test_engine import make_claim\n"
    path.write_text(head + "one = make_claim('mine.one')\n")
    first = load_file(path)
    assert load_file(path)[0] is first[0]
    path.write_text(head + "two = make_claim('mine.two')\n")
    assert [claim.id for claim in load_file(path)] == ["mine.two"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1\nx.y\n", r"mine\.py:2: AttributeError"),
        ("x = (\n", r"mine\.py:1: SyntaxError"),
        ("import absent_module_of_nobody\n", r"mine\.py:1: ModuleNotFoundError"),
        ("raise SystemExit(3)\n", r"mine\.py:1: SystemExit"),
    ],
)
def test_what_a_file_raises_is_shown_with_its_line(text, words, tmp_path):
    """The error names file, line and type."""
    path = tmp_path / "mine.py"
    path.write_text(text)
    with pytest.raises(ClaimFileError, match=words):
        load_file(path)
