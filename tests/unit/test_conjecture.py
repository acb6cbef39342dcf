"""The short form of a claim: what is decided, on which domain, and what a wrong use is told."""

import pytest

import verify
from verify import angles, conjecture, forall, ints, primes
from verify.core.claim import Source
from verify.core.engine import Settings, run
from verify.core.universal import ConjectureError
from verify.formula import cos, equal, rational, total


@pytest.fixture
def entry(tmp_path):
    """The ledger entry of a conjecture over ranges."""

    def make(function, *, mutants=(), where=None, seed=0, profile="quick", **ranges):
        function.__name__ = "it"
        claim = conjecture("a title", source="A. Person", mutants=mutants)(
            forall(where=where, **ranges)(function)
        )
        settings = Settings(out=tmp_path, seed=seed, profile=profile)
        return run([claim], settings, lambda made, resumed: None)[0]

    return make


def values(made):
    """The witness of an entry."""
    return made["witness"]["values"]


# -- verdicts --------------------------------------------------------------------------------------


def test_a_finite_domain_is_proved_with_certificates(entry):
    """Every assignment is decided and certified; the opposite is not established."""
    made = entry(
        lambda n: equal(total("i", 1, n, lambda i: 2 * i - 1), n**2), n=ints(0, 20)
    )
    assert made["verdict"] == "PROVED"
    assert made["evidence"][0]["kind"] == "exact"
    assert made["evidence"][0]["quantities"] == {"assignments": "21"}
    assert all(c["accepted"] for c in made["evidence"][0]["certificates"])
    assert [m["killed"] for m in made["mutants"]] == [True]


def test_a_domain_without_end_is_verified_at_most(entry):
    """The smallest assignments are decided, others sampled; neither is the whole domain."""
    made = entry(lambda n: rational(n) ** 2 >= n, n=ints(0))
    assert made["verdict"] == "VERIFIED"
    assert [e["kind"] for e in made["evidence"]] == ["exact", "sampled"]
    assert not any(e["scope"]["covers_domain"] for e in made["evidence"])


def test_a_finite_domain_beyond_the_budget_is_verified_only(entry):
    """What the profile did not reach is not counted; the full profile reaches it."""
    arguments = {"n": ints(0, 700)}
    made = entry(lambda n: rational(n) < 701, **arguments)
    assert made["verdict"] == "VERIFIED"
    assert made["evidence"][0]["quantities"]["assignments"] == "500"
    assert entry(lambda n: rational(n) < 701, profile="full", **arguments)["verdict"] == "PROVED"


def test_the_first_failure_is_the_smallest(entry):
    """n² + n + 41 is prime below n = 40, so 40 is the witness."""
    made = entry(
        lambda n: equal(41 * (n == 40 or n == 41), 0) | (rational(n) > 41), n=ints(0, 100)
    )
    assert made["verdict"] == "REFUTED"
    assert values(made) == {"n": "40"}


def test_smallest_means_the_first_parameter_first(entry):
    """Parameters are assigned in the order written, each ascending."""
    made = entry(
        lambda p, w: ~equal(p * w, 12), p=ints(1, 9), w=ints(1, lambda p: p)
    )
    assert values(made) == {"p": "4", "w": "3"}


def test_a_late_failure_is_found_by_sampling_and_made_smaller(entry):
    """Beyond the smallest assignments a random failure refutes, exactly."""
    made = entry(lambda n: rational(n) < 600, n=ints(0))
    assert made["verdict"] == "REFUTED"
    assert int(values(made)["n"]) >= 600
    again = entry(lambda n: rational(n) < 600, n=ints(0))
    assert values(again) == values(made), "the seed decides"


def test_angles_are_settled_for_all_of_them(entry):
    """cos² + sin² = 1 as an identity; the evidence is symbolic and covers every angle."""
    made = entry(
        lambda x: equal(cos(x) ** 2 + cos(x + rational(1, 4)) ** 2, 1), x=angles()
    )
    assert made["verdict"] == "PROVED"
    assert made["evidence"][0]["kind"] == "symbolic"


def test_a_false_identity_in_angles_has_a_witness_in_the_domain(entry):
    """N phases average cos²(x + φ_j) to 1/2 from N = 2 on; one phase does not."""

    def mean(N, x):
        return equal(total([cos(x + rational(j, 2 * N)) ** 2 for j in range(N)]), rational(N, 2))

    assert entry(mean, N=ints(2, 6), x=angles())["verdict"] == "PROVED"
    made = entry(mean, N=ints(1, 6), x=angles())
    assert made["verdict"] == "REFUTED"
    assert values(made)["N"] == "1"


def test_an_order_of_formal_angles_is_left_open(entry):
    """cos x ≤ 1 is true, but no identity: the reason says so, and nothing is claimed."""
    made = entry(lambda x: cos(x) <= 1, x=angles())
    assert made["verdict"] == "INCONCLUSIVE"
    assert "formal polynomials have no order" in made["verdict_reason"]


@pytest.mark.parametrize("ranges", [{"n": ints(0, 10)}, {"n": ints(0)}, {"n": ints(5, 4)}])
def test_hypotheses_that_nothing_is_known_to_meet_are_vacuous(ranges, entry):
    """Neither a finite search nor one that was given up claims anything."""
    made = entry(lambda n: equal(n, n + 1), where={"n < 0": lambda n: n < 0}, **ranges)
    assert made["verdict"] == "VACUOUS"
    assert "found no parameters" in made["verdict_reason"]


def test_hypotheses_restrict_domain_and_witness(entry):
    """Only assignments that meet the hypotheses count, for the claim as for its witness."""
    made = entry(
        lambda n: equal(n % 2, 1), where={"n is odd": lambda n: n % 2 == 1}, n=ints(0, 9)
    )
    assert made["verdict"] == "PROVED"
    assert made["evidence"][0]["quantities"] == {"assignments": "5"}
    assert made["hypotheses"] == ["n is odd"]


def test_a_branch_on_a_parameter_is_decided_as_it_reads_there(entry):
    """A relation that differs between assignments is decided and certified at each."""

    def absolute(n):
        return equal(n * n, 9) if n == 3 else ~equal(n * n, 9)

    assert entry(absolute, n=ints(0, 30))["verdict"] == "PROVED"
    assert values(entry(absolute, n=ints(-5, 30))) == {"n": "-3"}


def test_a_relation_beyond_the_budget_is_inconclusive(entry):
    """A relation that is too large to be decided at all says so."""
    made = entry(
        lambda n: equal(total("i", 1, n, lambda i: i * 0), 0), n=ints(10**6, 10**6)
    )
    assert made["verdict"] == "INCONCLUSIVE"
    assert "budget of profile 'quick'" in made["verdict_reason"]


def test_mutants_that_were_given_are_tried(entry):
    """A wrong one is killed; one that says the same survives."""

    def wrong(n):
        """a wrong constant"""
        return equal(n + n, 3 * n)

    def same(n):
        """the same in other words"""
        return equal(n + n, n * 2)

    made = entry(lambda n: equal(n + n, 2 * n), mutants=[wrong, same], n=ints(0, 5))
    killed = {m["description"]: m["killed"] for m in made["mutants"]}
    assert killed["a wrong constant"]
    assert not killed["the same in other words"]


def test_a_mutant_may_have_a_domain_of_its_own(entry):
    """A dropped hypothesis is a mutant that quantifies over more."""

    def halves(n):
        return equal(2 * (n // 2), n)

    made = entry(halves, mutants=[forall(n=ints(0, 5))(halves)], n=ints(0, 8, step=2))
    assert made["verdict"] == "PROVED"
    assert all(m["killed"] for m in made["mutants"])


# -- the claim that is made ------------------------------------------------------------------------


def squares(n):
    """n·n is n squared."""
    return equal(n * n, n**2)


def test_names_and_texts_come_from_the_function():
    """Id from the name, statement from the docstring, unless they are given."""
    claim = conjecture("squares", source="A. Person")(forall(n=ints(0, 3))(squares))
    assert claim.id == "squares"
    assert claim.statement == "n·n is n squared."
    assert claim.source == Source(title="A. Person")
    named = conjecture("t", source="A. Person", id="mine.1", statement="$n n = n^2$")
    claim = named(forall(n=ints(0, 3))(squares))
    assert (claim.id, claim.statement) == ("mine.1", "$n n = n^2$")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("2602.16849 Prop 4.2", Source(title="", arxiv="2602.16849", locator="Prop 4.2")),
        (
            "arXiv:2602.16849v2, Lemma 1",
            Source(title="", arxiv="2602.16849", version="v2", locator="Lemma 1"),
        ),
        ("2412.03773", Source(title="", arxiv="2412.03773")),
        ("A. Person, 2024", Source(title="A. Person, 2024")),
    ],
)
def test_sources_are_papers_or_people(text, source):
    """An arXiv identifier is recognised at the beginning."""
    claim = conjecture("t", source=text)(forall(n=ints(0, 3))(squares))
    assert claim.source == source


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda n: None, "return equal"),
        (lambda n: n == n, "type=bool"),
        (lambda n: equal(n, 1.5), "float"),
        (lambda n: 1 // 0, "ZeroDivisionError"),
        (lambda n: equal(total("n", 0, 3, lambda n: n), 6), "both as a parameter and in a sum"),
    ],
)
def test_a_function_that_gives_no_relation_is_noticed_where_it_is_written(function, words):
    """The message says what came and what to write instead."""
    function.__name__ = "it"
    with pytest.raises(ConjectureError, match=words):
        conjecture("t", source="A. Person")(forall(n=ints(0, 3))(function))


def test_decorators_in_the_wrong_order_are_explained():
    """Both mistakes name the right order."""
    with pytest.raises(TypeError, match=r"write @conjecture\(\.\.\.\) above"):
        conjecture("t", source="A. Person")(squares)
    claim = conjecture("t", source="A. Person")(forall(n=ints(0, 3))(squares))
    with pytest.raises(TypeError, match=r"goes above @forall"):
        forall(n=ints(0, 3))(claim)
    with pytest.raises(TypeError, match="needs a title and a source"):
        conjecture(squares, source="A. Person")


@pytest.mark.parametrize("source", ["", None, 3])
def test_a_source_is_required(source):
    """A claim comes from a person or a paper."""
    with pytest.raises(TypeError, match="expected a person or a paper"):
        conjecture("t", source=source)(forall(n=ints(0, 3))(squares))


@pytest.mark.parametrize("mutants", [squares, [1], [print]])
def test_mutants_are_functions_in_a_list(mutants):
    """A single function, and what is no function of the parameters, are refused."""
    with pytest.raises(TypeError, match="mutant"):
        conjecture("t", source="A. Person", mutants=mutants)(forall(n=ints(0, 3))(squares))


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ({}, "at least one parameter"),
        ({"n": 3}, "expected a range for 'n', got 3"),
        ({"m": ints(0, 3)}, r"squares takes \(n\), but forall quantifies \(m\)"),
        ({"n": ints(0, 3), "p": primes()}, "has no upper end"),
    ],
)
def test_forall_says_which_range_is_wrong(ranges, words):
    """One range for every parameter of the function, and only the first without end."""
    with pytest.raises(TypeError, match=words):
        forall(**ranges)(squares)


def test_hypotheses_are_about_integer_parameters():
    """A hypothesis on an angle, and one that is no function, are refused."""
    with pytest.raises(TypeError, match="may only depend on the integer parameters n"):
        forall(n=ints(0, 3), x=angles(), where={"x > 0": lambda x: x > 0})
    with pytest.raises(TypeError, match="expected a predicate for the hypothesis"):
        forall(n=ints(0, 3), where={"n > 0": True})


def test_the_short_form_is_part_of_the_package():
    """What a user needs to state a claim is found at the top of the package."""
    for name in ("conjecture", "forall", "ints", "primes", "angles"):
        assert name in verify.__all__
        assert name in dir(verify)
        assert callable(getattr(verify, name))
    with pytest.raises(AttributeError, match="no attribute 'conjetcure'"):
        _ = verify.conjetcure


