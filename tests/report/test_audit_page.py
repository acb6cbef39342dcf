"""The pages of audits: self-contained, harmless whatever the file is called, and complete."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.checkpoint_files import npz_file, torch_file
from tests.trained import cosine_weights
from verify.auditing import audit, trajectory
from verify.auditing.page import render, write_trajectory
from verify.auditing.page.colours import frequency_colours, picture
from verify.auditing.page.drawing import Frame, decades, histogram, short, span_of, ticks

VOID = {"meta", "link", "br", "input", "img"}
RNG = np.random.default_rng(4)
EXP = {"activation": "exp"}


class Page(HTMLParser):
    """Elements and attributes of a page; fails on a tag that is closed out of order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.attributes = [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def weights(p=7, width=12):
    """Aligned neurons with some noise."""
    k, phi = RNG.integers(1, (p - 1) // 2 + 1, width), RNG.random(width)
    u, v = cosine_weights(p, k, phi, 2 * phi)
    return {"W_in": u + 0.1 * RNG.normal(size=u.shape), "W_out": v}


def audited(folder, tensors, name="relu.npz", **options):
    """The audit of tensors written to a file."""
    path = folder / name
    path.write_bytes(npz_file(tensors))
    return audit(path, **options)


def harmless(html):
    """Asserts that a page is well-formed, runs its own script only and loads nothing."""
    page = Page(html)
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(script) == 1
    digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    for key, value in page.attributes:
        assert not key.startswith("on")
        if key in ("src", "href"):
            assert re.match(r"data:image/png;base64,|#|step-\d+/audit\.html$", value or "")
    assert not re.search(r"https?://|@import|url\(", html.replace("url(#", ""))
    for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        ElementTree.fromstring(svg)
    assert "NaN" not in html
    assert "nan" not in re.sub(r"base64,[^\"]*|[a-z]{3,}nan|nan[a-z]+", "", html)
    return page


def test_page_is_self_contained(tmp_path):
    """Drawings, style and script are inside; facts and the certificate's verdict are there."""
    found = audited(tmp_path, weights())
    html = render(found)
    page = harmless(html)
    assert page.tags.count("svg") >= 12
    assert f"{found.behaviour.count('correct')}<small> of 49</small>" in html
    assert "accepted by the checker" in html
    assert found.checkpoint.sha256 in html
    assert str(found.behaviour.margin) in html


@pytest.mark.parametrize(
    ("tensors", "options"),
    [
        ({"U": RNG.normal(size=(6, 1, 5)), "V": RNG.normal(size=(5, 6))}, {}),
        ({"U": RNG.normal(size=(6, 3, 4)), "V": RNG.normal(size=(4, 6))}, {"activation": "u^3"}),
        ({"W_in": RNG.normal(size=(6, 2)), "W_out": RNG.normal(size=(2, 6))}, EXP),
        ({"W_in": np.zeros((6, 5)), "W_out": np.zeros((5, 6))}, {}),
        ({"W_in": np.zeros((6, 5)), "W_out": np.ones((5, 6))}, EXP),
        ({"W_in": 400 * RNG.normal(size=(6, 5)), "W_out": RNG.normal(size=(5, 6))}, EXP),
        ({"W_in": RNG.normal(size=(6, 60)), "W_out": RNG.normal(size=(60, 6))}, {"modulus": 60}),
        ({"W_in": np.eye(6, 5), "W_out": 1e-300 * np.eye(5, 6)}, {}),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("error")
def test_page_of_any_network(tmp_path, tensors, options):
    """One input, three, two labels, zeros, ties, huge logits, a large modulus: each has a page."""
    found = audited(tmp_path, tensors, **options)
    harmless(render(found))
    text = json.dumps(found.summary(), allow_nan=False)
    assert json.loads(text)["inputs"] == found.behaviour.total


def test_markup_in_names_stays_text(tmp_path):
    """File names, keys and strings from a file cannot become markup."""
    evil = "<script>alert(1)</script>"
    folder = tmp_path / "<b>relu<"
    folder.mkdir()
    path = folder / "a'\"<img src=x onerror=alert(1)>.pth"
    document = {f"{evil}.W_in": weights()["W_in"], f"{evil}.W_out": weights()["W_out"]}
    path.write_bytes(torch_file({**document, "note": evil, "epoch": 3}))
    html = render(audit(path))
    harmless(html)
    assert "alert(1)</script>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_training_curves_are_drawn(tmp_path):
    """A checkpoint with metric lists shows them; without, there is no such section."""
    path = tmp_path / "relu.pth"
    lists = {
        "train_losses": [3.0, 1.0, 0.1],
        "test_losses": [3.0, 2.0, 1.0],
        "param_norms": [1.0, 2.0, 3.0],
    }
    path.write_bytes(torch_file({"model": weights(), **lists}))
    html = render(audit(path))
    harmless(html)
    assert "Training, as the checkpoint recorded it" in html
    assert "train losses" in html
    assert "Training, as" not in render(audited(tmp_path, weights()))


def test_files_of_an_audit(tmp_path):
    """Page, summary and certificate are written; the certificate is accepted as it lies there."""
    from verify.checker import check_file

    found = audited(tmp_path, weights())
    written = found.write(tmp_path / "out")
    assert [p.relative_to(tmp_path / "out").as_posix() for p in written] == [
        "audit.html", "audit.json", "certificates/audit.json",
    ]  # fmt: skip
    assert check_file(written[2]).accepted
    summary = json.loads(written[1].read_text())
    assert summary["correct"] == found.behaviour.count("correct")
    in_balls = audited(tmp_path, weights(), activation="exp")
    assert len(in_balls.write(tmp_path / "balls")) == 2


def test_run_page(tmp_path):
    """A run's page links every step's page, which are written with it."""
    run = tmp_path / "run_ReLU"
    run.mkdir()
    tensors = weights()
    for step in (0, 50, 100):
        scaled = {n: (0.1 + step / 100) * t for n, t in tensors.items()}
        (run / f"{step}.pth").write_bytes(
            torch_file({"model": scaled, "train_loss": 1.0 / (1 + step)})
        )
    written = write_trajectory(list(trajectory(run)), tmp_path / "out")
    assert written[0] == tmp_path / "out" / "run.html"
    html = written[0].read_text(encoding="utf-8")
    page = harmless(html)
    links = {v for k, v in page.attributes if k == "href" and not v.startswith("data:")}
    assert {f"step-{s}/audit.html" for s in (0, 50, 100)} <= links
    assert all((tmp_path / "out" / link).is_file() for link in links)
    assert len(json.loads(written[1].read_text())["steps"]) == 3


def test_run_page_of_one_step(tmp_path):
    """A single step is a run, too."""
    run = tmp_path / "abs"
    run.mkdir()
    (run / "7.npz").write_bytes(npz_file(weights()))
    written = write_trajectory(list(trajectory(run)), tmp_path / "out")
    harmless(written[0].read_text(encoding="utf-8"))


def test_colours_are_distinct_and_pictures_are_png():
    """Every frequency has a hue of its own, and a picture is a PNG of its size."""
    assert len(set(frequency_colours(48))) == 48
    uri = picture(np.zeros((3, 5, 3)), np.linspace(0, 1, 15).reshape(3, 5))
    data = base64.b64decode(uri.partition(",")[2])
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20], "big") == 5
    assert int.from_bytes(data[20:24], "big") == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (1234.0, "1234"), (0.12345, "0.1235"), (-1.5, "−1.5"), (1e-6, "10⁻⁶"),
        (2.5e-7, "2.5·10⁻⁷"), (float("nan"), "–"), (10**7, "10⁷"), (float("inf"), "–"),
    ],
)  # fmt: skip
def test_numbers_for_people(value, text):
    """Four digits, a true minus sign, powers of ten, a dash for what is undefined."""
    assert short(value) == text


def test_axes_hold_what_is_drawn():
    """Ticks lie in their range, ranges hold their values, and empty data still have a frame."""
    for span in ((0.0, 1.0), (-3.0, 17.0), (0.0, 1e-9), (5.0, 5.0), (1e5, 1e7)):
        assert all(span[0] - 1e-12 <= t <= span[1] * (1 + 1e-9) + 1e-12 for t in ticks(span))
    assert decades((1e-6, 100.0)) == pytest.approx([1e-6, 1e-4, 1e-2, 1, 100])
    low, high = span_of([[1.0, 2.0], [np.nan, -1.0]])
    assert low < -1 < 2 < high
    assert span_of([]) == (0.0, 1.0)
    assert span_of([[0.0, -1.0]], logarithmic=True) == (0.1, 1.0)
    frame = Frame(
        width=100, height=100, x=(0, 1), y=(0, 1), label="<&>", left=10, bottom=10, top=10
    )
    assert frame.at(0, 0) == (10, 90)
    assert frame.at(1, 1) == (90, 10)
    ElementTree.fromstring(histogram(np.zeros(0), label="none", x_title="x").svg())
    ElementTree.fromstring(frame.axes("a<b", "c&d").svg())
