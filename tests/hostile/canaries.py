"""What sings when a table does anything: files, secrets, a listener, and a look into every Python process."""

import ctypes
import hashlib
import os
import re
import select
import socket
import struct
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

ALPHABET = "ghjkmnpqrstvwxyz23456789"  # no two letters that a font joins into one
ENVIRONMENT = "HOSTILE_SECRET"  # a variable whose value is a secret

_SECRET = re.compile(f"(?=(zq[{ALPHABET}]{{20}}))")
_ANY = "nameless"  # what cannot be told apart
_EVENTS = 0x00000020 | 0x00000001  # IN_OPEN and IN_ACCESS, see inotify(7)
_HEAD = struct.Struct("iIII")

# Runs at the start of every Python process that is given this folder in PYTHONPATH.
WATCHER = """
import os, sys

LOG = {log!r}
PROGRAMS = ("os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "subprocess.Popen")
NETWORK = ("socket.connect", "socket.sendto", "socket.sendmsg")
NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def note(kind, what):
    line = (kind + " " + what.encode("unicode_escape").decode() + "\\n").encode()
    out = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(out, line)
    os.close(out)


def watch(event, args):
    if event in NETWORK:
        if int(args[0].family) != 1:  # AF_UNIX
            note("network", repr(args[1]))
    elif event in NAMES:
        note("network", repr(args[:2]))
    elif event in PROGRAMS:
        note("program", repr([str(one) for one in args[:2]]))


sys.addaudithook(watch)
note("started", sys.executable)
"""


def secret_of(name: str) -> str:
    """A word that nobody would write by chance, the same for the same name."""
    digits = hashlib.sha256(f"hostile {name}".encode()).digest()[:20]
    return "zq" + "".join(ALPHABET[digit % len(ALPHABET)] for digit in digits)


def squeezed(text: str) -> str:
    """Letters and digits alone: a document may break a word anywhere."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


@dataclass
class Canaries:
    """The canaries of a run, each of which knows the case it belongs to."""

    home: Path
    names: Sequence[str]  # of the cases
    port: int = 0
    heard: list[str] = field(default_factory=list)  # what came in by the network
    opened: list[str] = field(default_factory=list)  # names of secret files

    def __enter__(self) -> Self:
        for folder in (self.ran, self.kept, self.secrets, self.watcher):
            folder.mkdir(parents=True)
        text = WATCHER.format(log=str(self.log))
        (self.watcher / "sitecustomize.py").write_text(text, "utf-8")
        for name in self.names:
            self._set_out(name)
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.2)
        self.port = self._listener.getsockname()[1]
        self._look = _watched(self.secrets)
        self._threads = [threading.Thread(target=each) for each in (self._listen, self._see)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()
        os.close(self._look)

    @property
    def ran(self) -> Path:
        """Where code that runs leaves a file of the case's name."""
        return self.home / "ran"

    @property
    def kept(self) -> Path:
        """Where every case has a file that code would remove."""
        return self.home / "kept"

    @property
    def secrets(self) -> Path:
        """Where every case has a file that nobody may open."""
        return self.home / "secrets"

    @property
    def watcher(self) -> Path:
        """The folder for PYTHONPATH."""
        return self.home / "watcher"

    @property
    def log(self) -> Path:
        """What the watched processes did."""
        return self.home / "log"

    def _set_out(self, name: str) -> None:
        (self.kept / name).write_text("still here", "utf-8")
        for suffix in ("", ".csv"):
            (self.secrets / f"{name}{suffix}").write_text(f"{secret_of(name)},b\n", "utf-8")

    def armed(self, text: str, name: str) -> str:
        """A text with the places of the case's canaries in it."""
        for mark, what in {
            "@RAN@": str(self.ran / name),
            "@KEPT@": str(self.kept / name),
            "@SECRET@": str(self.secrets / name),
            "@URL@": f"http://127.0.0.1:{self.port}/{name}",
            "@HOST@": f"127.0.0.1:{self.port}",
        }.items():
            text = text.replace(mark, what)
        return text

    def environment(self) -> dict[str, str]:
        """Surroundings in which everything that a Python process does is noted, and any proxy is the listener."""
        proxy = f"http://127.0.0.1:{self.port}/{_ANY}"
        path = os.pathsep.join(filter(None, (str(self.watcher), os.environ.get("PYTHONPATH"))))
        names = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
        return {
            **{key: text for key, text in os.environ.items() if key.lower() != "no_proxy"},
            **dict.fromkeys([*names, *map(str.upper, names)], proxy),
            ENVIRONMENT: secret_of(ENVIRONMENT),
            "PYTHONPATH": path,
        }

    def sung(self, name: str) -> list[str]:
        """What the canaries of a case noticed."""
        said = []
        if (self.ran / name).exists():
            said.append(f"code ran and made {self.ran / name}")
        if not (self.kept / name).exists():
            said.append(f"code ran and removed {self.kept / name}")
        said += [f"{one} was opened" for one in sorted(set(self.opened)) if _is_of(one, name)]
        said += [f"the network was used: {one}" for one in self.heard if f"/{name} " in f"{one} "]
        return said

    def noted(self, kind: str) -> list[str]:
        """What the watched processes did, of one kind: started, network or program."""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        return [line.removeprefix(f"{kind} ") for line in lines if line.startswith(f"{kind} ")]

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                caller, _ = self._listener.accept()
            except TimeoutError:
                continue
            with caller:
                caller.settimeout(1)
                try:
                    line = caller.recv(4096).split(b"\r\n")[0]
                except OSError:
                    line = b""
            self.heard.append(line.decode("latin-1") or "a connection without a word")

    def _see(self) -> None:
        while not self._stopping.is_set():
            self.look()
            self._stopping.wait(0.1)

    def look(self) -> None:
        """Note which secret files were opened since the last look."""
        while select.select([self._look], [], [], 0)[0]:
            data = os.read(self._look, 1 << 16)
            at = 0
            while at < len(data):
                _, _, _, size = _HEAD.unpack_from(data, at)
                at += _HEAD.size
                if name := data[at : at + size].rstrip(b"\0").decode():
                    self.opened.append(name)
                at += size


def _is_of(file: str, name: str) -> bool:
    return file in (name, f"{name}.csv")


def _watched(folder: Path) -> int:
    """A descriptor that tells which files of a folder any process opens, whatever it is written in."""
    system = ctypes.CDLL(None, use_errno=True)
    look = system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if look < 0 or system.inotify_add_watch(look, os.fsencode(folder), _EVENTS) < 0:
        raise OSError(ctypes.get_errno(), "expected to watch a folder by inotify", str(folder))
    return look


def leaks(texts: dict[str, str], names: Sequence[str]) -> list[str]:
    """Which secrets turn up in which files: those of the cases, the variable's, and the system's users."""
    words = {secret_of(name): name for name in (*names, ENVIRONMENT)}
    found = []
    for file, text in texts.items():
        there = set(_SECRET.findall(squeezed(text)))
        found += [f"{file}: the secret of {name}" for word, name in words.items() if word in there]
        if re.search(r"root:[^:\s]*:0:0", text):
            found.append(f"{file}: the system's users")
    return found
