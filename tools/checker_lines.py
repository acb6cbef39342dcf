"""Prints how much of the checker a reader of one kind of certificate has to read.

Code lines are lines with a token that is neither a comment nor part of a docstring.
"""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

CHECKER = Path(__file__).resolve().parents[1] / "verify" / "checker"
_SILENT = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
           tokenize.ENDMARKER)


def code_lines(source: str) -> int:
    """Lines of code in a module."""
    skipped: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            text = body[0].value
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                skipped |= set(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _SILENT:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - skipped)


def imports(source: str, modules: set[str]) -> set[str]:
    """Modules of the checker that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            found |= {node.module} if node.module else {a.name for a in node.names}
    return found & modules


def closure(module: str, graph: dict[str, set[str]]) -> set[str]:
    """A module and all that it imports, directly or not."""
    known, queue = {module}, [module]
    for name in queue:
        queue += graph[name] - known
        known |= graph[name]
    return known


def main() -> None:
    """One line per module, then one per kind."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in CHECKER.glob("*.py")}
    modules = set(sources) - {"__init__", "__main__"}
    graph = {name: imports(sources[name], modules) for name in modules}
    size = {name: code_lines(source) for name, source in sources.items()}
    print(f"{'module':16}{'code':>6}{'lines':>7}")
    for name, source in sorted(sources.items()):
        print(f"{name:16}{size[name]:6}{len(source.splitlines()):7}")
    whole = sum(len(source.splitlines()) for source in sources.values())
    print(f"{'together':16}{sum(size.values()):6}{whole:7}\n")
    core = closure("formula", graph) | {"document", "limits"}
    print(f"core ({', '.join(sorted(core))}): {sum(size[m] for m in core)} lines of code")
    tree = ast.parse(sources["__init__"])
    kinds = next(node.value for node in tree.body if isinstance(node, ast.Assign)
                 and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "KINDS")
    assert isinstance(kinds, ast.Dict)
    for key, value in zip(kinds.keys, kinds.values, strict=True):
        assert isinstance(key, ast.Constant)
        module = ast.unparse(value).split(".")[0]
        own = closure(module, graph) - core
        print(f"{key.value:18}{sum(size[m] for m in own):5}  {' '.join(sorted(own))}")


if __name__ == "__main__":
    main()
