"""``python -m tests.hostile FOLDER`` reads the corpus in one process and prints a JSON summary.

The process has one gigabyte of address space and is watched by an audit hook.
"""

from __future__ import annotations

import codecs
import json
import resource
import sys
from pathlib import Path

from tests.hostile import SEED, base_files, corpus
from verify.auditing.checkpoints import CheckpointError, read

_WATCHED = (
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove",
    "subprocess.Popen", "pickle.find_class", "exec", "socket.connect",
    "ctypes.dlopen", "shutil.rmtree",
)  # fmt: skip


def main(folder: Path) -> None:
    """Reads the corpus; prints counts, and everything that was not refused as it must be."""
    codecs.lookup("raw_unicode_escape")  # loaded when it is first needed, as what reads archives
    for suffix, data in base_files(SEED).values():
        honest = folder / f"honest{suffix}"
        honest.write_bytes(data)
        read(honest)
    resource.setrlimit(resource.RLIMIT_AS, (2**30, resource.RLIM_INFINITY))
    events: list[str] = []
    reading = False

    def watch(event: str, details: tuple) -> None:
        if reading and event in _WATCHED:
            code = details[0] if event == "exec" else None
            events.append(f"{event} {getattr(code, 'co_filename', details)}")

    sys.addaudithook(watch)
    marker, faults, kinds = folder / "executed", [], {}
    for what, suffix, data in corpus(str(marker)):
        path = folder / f"hostile{suffix}"
        path.write_bytes(data)
        del data
        kinds[suffix] = kinds.get(suffix, 0) + 1
        reading = True
        try:
            read(path)
            faults.append(f"{what}: read")
        except CheckpointError as error:
            message = str(error)
            if "\n" in message or not message.isprintable() or "not enough memory" in message:
                faults.append(f"{what}: refused with {message!r}")
        except BaseException as error:
            faults.append(f"{what}: {type(error).__name__}: {error}")
        reading = False
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    found = {
        "counts": kinds,
        "faults": faults,
        "events": events,
        "executed": marker.exists(),
        "peak": peak,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
