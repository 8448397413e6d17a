"""Files that a row of a table names for its data, and that are not its to read."""

import os
import socket
from pathlib import Path

from hostile.canaries import Canaries
from hostile.case import Attached

_ELSEWHERE = "one from somewhere else"
_OUT = "a path that leads out of it"
_LINK = "a link that leads out of it"
_NETWORK = "an address on a network"


def _linked(folder: Path, canaries: Canaries, name: str) -> None:
    (folder / f"{name}.csv").symlink_to(canaries.secrets / f"{name}.csv")


def _linked_folder(folder: Path, canaries: Canaries, name: str) -> None:
    (folder / name).symlink_to(canaries.secrets)


def _link_to(target: str):
    def make(folder: Path, _canaries: Canaries, name: str) -> None:
        (folder / f"{name}.csv").symlink_to(target)

    return make


def _pipe(folder: Path, _canaries: Canaries, name: str) -> None:
    os.mkfifo(folder / f"{name}.csv")


def _socket(folder: Path, _canaries: Canaries, name: str) -> None:
    made, here = socket.socket(socket.AF_UNIX), Path.cwd()
    os.chdir(folder)  # names of sockets are short
    try:
        made.bind(f"{name}.csv")
    finally:
        os.chdir(here)
        made.close()


def _folder(folder: Path, _canaries: Canaries, name: str) -> None:
    (folder / f"{name}.csv").mkdir()


def _script(folder: Path, canaries: Canaries, name: str) -> None:
    (folder / f"{name}.py").write_text(f"open({str(canaries.ran / name)!r}, 'w')", "utf-8")


_FILES = (
    ("parent", "../secrets/{name}.csv", _OUT),
    ("there-and-back", "a/../../secrets/{name}.csv", _OUT),
    ("backslashes", "..\\secrets\\{name}.csv", _OUT),
    ("absolute", "@SECRET@.csv", _ELSEWHERE),
    ("address-of-a-file", "file://@SECRET@.csv", _NETWORK),
    ("address", "@URL@.csv", _NETWORK),
    ("cloud", "s3://bucket/{name}.csv", _NETWORK),
    ("inline", "data:text/csv,a", _NETWORK),
    ("share", "\\\\@HOST@\\share\\{name}.csv", _ELSEWHERE),
    ("drive", "C:\\Windows\\win.ini", _ELSEWHERE),
    ("home", "~/.ssh/id_rsa", _ELSEWHERE),
    ("surroundings", "/proc/self/environ", _ELSEWHERE),
    ("device", "/dev/zero", _ELSEWHERE),
    ("command", "| touch @RAN@", "none of that name"),
    ("nothing", "$(touch @RAN@).csv", "none of that name"),
)
_MADE = (
    ("link", "{name}.csv", _LINK, _linked),
    ("linked-folder", "{name}/{name}.csv", _LINK, _linked_folder),
    ("link-to-surroundings", "{name}.csv", _LINK, _link_to("/proc/self/environ")),
    ("link-to-a-device", "{name}.csv", _LINK, _link_to("/dev/zero")),
    ("link-to-itself", "{name}.csv", "", _link_to("attached-link-to-itself.csv")),
    ("pipe", "{name}.csv", "something else, such as a device", _pipe),
    ("socket", "{name}.csv", "something else, such as a device", _socket),
    ("folder", "{name}.csv", "a folder", _folder),
    ("script", "{name}.py", "the ending .py", _script),
)

ATTACHED: tuple[Attached, ...] = (
    *(Attached(name=f"attached-{name}", kind="attached", file=file.replace("{name}", f"attached-{name}"), said=said)
      for name, file, said in _FILES),
    *(Attached(name=f"attached-{name}", kind="attached", file=file.replace("{name}", f"attached-{name}"), said=said,
               make=make)
      for name, file, said, make in _MADE),
)  # fmt: skip
