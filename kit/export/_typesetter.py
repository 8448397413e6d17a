"""The child process that runs Typst; started by path, so it imports nothing of the kit.

Reads one JSON request per line: `{"folder", "main", "to"}`. Answers with one JSON line,
`{"size"}` followed by that many bytes, or `{"error", "refused"}`. Ends when its input ends.
"""

import json
import os
import re
import shutil
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def main() -> None:
    """Serve requests until the parent is gone."""
    memory, seconds, fonts = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    _limit(memory)
    answers = _private_output()
    import typst

    book = typst.Fonts(include_system_fonts=False, font_paths=[fonts])
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _alarm(seconds)
        try:
            _serve(request, book, answers)
        except BrokenPipeError:
            # The parent was killed, so the folder is nobody else's to clean up.
            shutil.rmtree(request["folder"], ignore_errors=True)
            return
        _alarm(0)


def _limit(memory: int) -> None:
    """Cap this process's memory, write no core dump, and leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:  # Windows has neither; the parent's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _private_output() -> BinaryIO:
    """A channel for answers that nothing else prints to."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _alarm(seconds: float) -> None:
    """End this process when the parent is no longer there to do so."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _serve(request: dict[str, str], book: Any, answers: BinaryIO) -> None:
    import typst

    try:
        data = _compile(request, book)
    except typst.TypstError as error:
        refused = [_unescaped(text) for text in _UNSHOWN.findall(error.diagnostic)]
        head: dict[str, Any] = {"error": error.message, "refused": refused}
        data = b""
    else:
        head = {"size": len(data)}
    answers.write(json.dumps(head).encode() + b"\n" + data)
    answers.flush()


def _compile(request: dict[str, str], book: Any) -> bytes:
    import typst

    folder = Path(request["folder"])
    compiler = typst.Compiler(
        folder / request["main"], root=folder, font_paths=book, ignore_system_fonts=True
    )
    if request["to"] == "png":
        made: Any = compiler.compile(format="png", ppi=220)
    else:
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    return bytes(made[0] if isinstance(made, list) else made)


def _unescaped(text: str) -> str:
    """A text out of a message, in which Rust escapes what is not ASCII."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


if __name__ == "__main__":
    main()
