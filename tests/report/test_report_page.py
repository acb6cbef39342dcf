"""The HTML page: complete, self-contained, inert against its own content, reproducible."""

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from verify.report import LedgerError, render, render_html
from verify.report.page import duration

VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "wbr"])
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "$<script>alert(1)</script>$",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$\href{javascript:alert(1)}{x}$",
    "`<b onclick=alert(1)>`",
    "{{ 7 * 191 }}{% raw %}",
]


class Page(HTMLParser):
    """Collects elements with attributes and their text, and checks the nesting."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.mismatched = [], [], []
        self.text = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"duplicate attribute in <{tag}>"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop()[0] != tag:
            self.mismatched.append((tag, self.getpos()))

    def handle_data(self, data):
        for _, identifier in self.open:
            if identifier:
                self.text[identifier] = self.text.get(identifier, "") + data

    def select(self, tag, **wanted):
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and all(attrs.get(k) == v for k, v in wanted.items())
        ]


@pytest.fixture
def page(ledger, certificates_root, tmp_path):
    return Page(render_html(ledger, out=tmp_path, certificates_root=certificates_root))


def test_markup_is_well_nested(page):
    """Every element is closed where it must be, and ids are unique."""
    assert page.mismatched == []
    assert page.open == []
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_nothing_is_loaded_from_elsewhere(page):
    """No element refers to another host, and there is no element that loads a resource."""
    for tag, attrs in page.elements:
        assert tag not in {"link", "iframe", "object", "embed", "img", "base", "video", "audio"}
        assert "src" not in attrs
        for name in ("href", "action", "formaction", "poster", "data"):
            assert not re.match(r"\s*(\w+:|//)", attrs.get(name) or ""), (tag, attrs)


def test_style_loads_nothing(ledger, tmp_path):
    """The style sheet holds no url() and no import."""
    html = render_html(ledger, out=tmp_path)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style


def test_policy_allows_exactly_the_script(ledger, tmp_path):
    """The content security policy forbids loading, and names the page's one script by its hash."""
    html = render_html(ledger, out=tmp_path)
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(script) == 1
    digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy


def test_every_claim_has_a_card_with_its_facts(page, ledger):
    """A card per claim carries the data that the filters use, its title, verdict and reason."""
    for claim in ledger["claims"]:
        anchor = f"claim-{claim['id']}"
        (card,) = page.select("article", id=anchor)
        assert card["data-verdict"] == claim["verdict"]
        assert set(card["data-kind"].split()) == {part["kind"] for part in claim["evidence"]}
        assert page.select("section", id=card["data-source"])
        assert claim["id"] in page.text[anchor]
        assert claim["verdict"] in page.text[anchor]
        for part in (*claim["evidence"], *claim["mutants"]):
            assert part["check"] in page.text[anchor]
        for mutant in claim["mutants"]:
            assert mutant["name"] in page.text[anchor]


def test_filters_offer_what_the_cards_have(page):
    """Each value in a card's filter data is offered as a filter."""
    offered = {attrs["value"] for attrs in page.select("input", type="checkbox")}
    for card in page.select("article"):
        assert card["data-verdict"] in offered
        assert card["data-source"] in offered
        assert set(card["data-kind"].split()) <= offered


def test_links_inside_the_page_have_targets(page):
    """Every internal link, corrections among them, leads to an element of the page."""
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    targets = {a["href"][1:] for a in page.select("a") if a["href"].startswith("#")}
    assert "claim-fc.cand.cos-sum" in targets
    assert targets <= ids


def test_printed_and_corrected_statement_name_each_other(page):
    """The card of a refuted claim shows its correction, and the other way round."""
    assert "Corrected by fc.cand.cos-sum" in " ".join(page.text["claim-fc.cos-sum"].split())
    assert "Corrects fc.cos-sum" in " ".join(page.text["claim-fc.cand.cos-sum"].split())


def test_unchecked_claims_are_counted_openly(page, ledger):
    """The bar's description counts every verdict that occurs, UNCHECKED included."""
    (bar,) = page.select("svg", **{"class": "bar"})
    assert "2 UNCHECKED" in bar["aria-label"]
    counts = [int(n) for n in re.findall(r"\d+", bar["aria-label"])]
    assert sum(counts) == len(ledger["claims"])


def embedded_in(page):
    """The texts of the certificates that a page carries, by digest."""
    return json.loads(gzip.decompress(base64.b64decode(page.text["certificate-texts"])))


def test_small_certificates_are_embedded_unchanged(page, ledger):
    """The embedded text of a certificate has the digest that the ledger records."""
    embedded = embedded_in(page)
    recorded = {
        certificate["sha256"]
        for claim in ledger["claims"]
        for part in claim["evidence"]
        for certificate in part["certificates"]
    }
    assert set(embedded) == recorded
    for digest, text in embedded.items():
        assert hashlib.sha256(text.encode()).hexdigest() == digest
    assert {a["data-certificate"] for a in page.select("a") if "data-certificate" in a} == recorded


def stored(ledger, claim, root, content):
    """Give the first certificate of fc.am-gm this content, recorded with its digest."""
    path = root / "certificates" / "new file.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    claim("fc.am-gm")["evidence"][0]["certificates"] = [
        {
            "file": "certificates/new file.json",
            "sha256": hashlib.sha256(content).hexdigest(),
            "accepted": True,
            "reason": None,
        }
    ]
    ledger["summary"]["certificates"]["accepted"] += 1
    return path


def test_large_certificate_is_linked_relative_to_the_page(ledger, claim, tmp_path):
    """A file over the limit is not embedded; its link leads from the page to the file."""
    path = stored(ledger, claim, tmp_path, b'{"note": "' + b"x" * 40_000 + b'"}')
    out = tmp_path / "html"
    page = Page(render_html(ledger, out=out, certificates_root=tmp_path))
    (link,) = [a for a in page.select("a") if "download" in a and "new%20file" in a["href"]]
    assert "data-certificate" not in link
    assert (out / unquote(link["href"])).resolve() == path.resolve()


def test_altered_certificate_is_flagged_and_not_embedded(ledger, claim, tmp_path):
    """A file whose digest differs from the ledger's is shown as such."""
    path = stored(ledger, claim, tmp_path, b"{}")
    path.write_bytes(b"{ }")
    page = Page(render_html(ledger, out=tmp_path, certificates_root=tmp_path))
    assert "differs from the file that was checked" in page.text["claim-fc.am-gm"]
    assert embedded_in(page) == {}


def test_missing_certificate_is_named_without_a_link(ledger, claim, tmp_path):
    """A file that is not there is named as missing and not linked."""
    stored(ledger, claim, tmp_path, b"{}").unlink()
    page = Page(render_html(ledger, out=tmp_path, certificates_root=tmp_path))
    assert "file not found" in page.text["claim-fc.am-gm"]
    assert not [a for a in page.select("a") if "new%20file" in a.get("href", "")]


def test_link_out_of_the_folder_is_not_followed(ledger, claim, tmp_path):
    """A symbolic link that leads out of the certificates' folder is treated as missing."""
    root = tmp_path / "root"
    path = stored(ledger, claim, root, b"{}")
    secret = tmp_path / "secret.json"
    path.rename(secret)
    path.symlink_to(secret)
    page = Page(render_html(ledger, out=tmp_path, certificates_root=root))
    assert "file not found" in page.text["claim-fc.am-gm"]


def test_certificate_cannot_end_the_script(ledger, claim, tmp_path):
    """A certificate whose text holds a closing script tag stays inside its script element."""
    content = b'{"note": "</script><script>alert(1)</script><!--"}'
    stored(ledger, claim, tmp_path, content)
    page = Page(render_html(ledger, out=tmp_path, certificates_root=tmp_path))
    assert len(page.select("script")) == 2
    assert embedded_in(page) == {
        hashlib.sha256(content).hexdigest(): content.decode()
    }


def poison(value, attack):
    """Replace every free text of a ledger part by the attack."""
    fixed = {
        "id", "arxiv", "verdict", "printed_kind", "method", "kind", "outcome", "file", "sha256",
        "corrected_by", "corrects", "certificate", "schema", "started", "svg",
    }  # fmt: skip
    if isinstance(value, dict):
        return {k: v if k in fixed else poison(v, attack) for k, v in value.items()}
    if isinstance(value, list):
        return [poison(item, attack) for item in value]
    return attack if isinstance(value, str) else value


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text(ledger, certificates_root, tmp_path, attack):
    """Markup in any free text of a ledger adds no element that could run, and no handler."""
    hostile = poison(ledger, attack)
    hostile["schema"] = ledger["schema"]
    for claim in hostile["claims"]:
        for part in claim["evidence"]:
            part["quantities"] = {attack: attack}
    page = Page(render_html(hostile, out=tmp_path, certificates_root=certificates_root))
    assert page.mismatched == []
    assert len(page.select("script")) == 2
    assert page.select("img") == []
    for tag, attrs in page.elements:
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        assert "javascript:" not in (attrs.get("href") or "")


def test_template_syntax_in_a_claim_is_not_evaluated(ledger, tmp_path):
    """Template expressions in a claim are shown, not evaluated."""
    ledger["claims"][0]["title"] = "{{ 7 * 191 }}"
    html = render_html(ledger, out=tmp_path)
    assert "1337" not in html
    assert "{{ 7 * 191 }}" in html


def test_figures_appear_at_the_root_and_with_evidence(ledger, claim, tmp_path):
    """Drawings are shown in the overview and beside the evidence; a broken one says why not."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><circle r="1"/></svg>'
    ledger["figures"] = [{"title": "sound", "svg": svg}, {"title": "broken", "svg": "<svg"}]
    claim("fc.am-gm")["evidence"][0]["figures"] = [{"title": "local", "svg": svg}]
    html = render_html(ledger, out=tmp_path)
    page = Page(html)
    assert len(page.select("circle")) >= 2
    assert "not shown: expected an SVG drawing" in html
    assert "local" in page.text["claim-fc.am-gm"]


def test_output_is_reproducible(ledger, certificates_root, tmp_path):
    """Equal ledgers give equal files, byte for byte."""
    first = render(ledger, tmp_path / "a", certificates_root=certificates_root)
    second = render(
        json.loads(json.dumps(ledger)), tmp_path / "b", certificates_root=certificates_root
    )
    assert [path.name for path in first] == [path.name for path in second]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_invalid_ledger_writes_nothing(ledger, tmp_path):
    """An unknown verdict is refused before any file is written."""
    ledger["claims"][0]["verdict"] = "TRUE"
    with pytest.raises(LedgerError, match="expected one of PROVED"):
        render(ledger, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_empty_ledger_renders(ledger, tmp_path):
    """A ledger without claims gives a page that says so."""
    ledger["claims"] = []
    ledger["summary"] = {
        "by_verdict": {},
        "mutants": {"killed": 0, "total": 0},
        "certificates": {"accepted": 0, "rejected": 0},
    }
    page = Page(render_html(ledger, out=tmp_path))
    assert page.select("article") == []
    assert page.select("svg", **{"class": "bar"})[0]["aria-label"] == "no claims"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "<1 ms"), (0.04, "40 ms"), (0.9999, "1.0 s"), (2.5, "2.5 s"), (59.99, "1 min 00 s"),
     (200, "3 min 20 s")],
)  # fmt: skip
def test_durations_read_naturally(seconds, text):
    """Durations use the unit a person would choose and never show sixty seconds."""
    assert duration(seconds) == text
