"""`python -I -S verify/checker FILE...`: accept or reject certificates, one line per file."""

import sys

if not __package__:
    # Run as a directory: import this directory as the package `checker`, and take it off the
    # path, so that no module here can be mistaken for one of the standard library.
    directory = sys.path.pop(0)
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(
        "checker", f"{directory}/__init__.py", submodule_search_locations=[directory]
    )
    sys.modules["checker"] = package = module_from_spec(spec)
    spec.loader.exec_module(package)
    check_file = package.check_file
else:
    from . import check_file


def main(arguments: list[str]) -> int:
    """Exit status: 0 when every file is accepted, 1 when one is not, 2 for wrong usage."""
    if not arguments or arguments[0].startswith("-"):
        print("usage: python -I -S verify/checker FILE...", file=sys.stderr)
        return 2
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that cannot show √ is no error
    accepted = True
    for path in arguments:
        result = check_file(path)
        print(f"{'accept' if result.accepted else 'reject'} {path}: {result.reason}")
        accepted = accepted and result.accepted
    return 0 if accepted else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
