"""What the outcome of an order depends on: while that stays the same, so do its bytes."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from kit.batch.order import Order, order_digest
from kit.brief import Brief
from kit.resources import shipped

_KIT = Path(__file__).parents[1]
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_PACKAGE = "framing-kit"
_SHIPPED = {
    ".css",
    ".ipynb",
    ".js",
    ".json",
    ".py",
    ".ttf",
    ".typ",
    ".yaml",
}  # what the kit's own files end in


def fingerprint(
    order: Order,
    with_files: Brief | None,
    *,
    read: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """SHA-256 of the brief, its files, the kit with its template and libraries, and the options.

    Files that were `read` count with the SHA-256 that they had then, the others with that of now.

    The age of a file's newest row changes by the day, so a brief `with_files` is another one tomorrow.
    """
    parts = [tools(), order_digest(order)]
    if with_files is not None and order.home is not None:
        parts += [order.today.isoformat(), *_files(with_files, order.home, read)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _files(brief: Brief, home: Path, read: Mapping[str, str]) -> Iterator[str]:
    from kit.data import Refused, attached_to, stamped  # few briefs name files

    for one in attached_to(brief, home):
        if isinstance(one, Refused):
            yield json.dumps([one.name, one.expected, one.found])
            continue
        try:
            yield json.dumps([one.name, read.get(one.name) or stamped(one)])
        except OSError as exc:
            yield json.dumps([one.name, str(exc.strerror)])


@cache
def tools() -> str:
    """SHA-256 of Python's version, of the kit's own files and of the versions of its libraries."""
    digest = hashlib.sha256(platform.python_version().encode())
    for name, version in _versions():
        digest.update(f"{name} {version}\n".encode())
    for folder in (_KIT, shipped("workbooks")):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SHIPPED and not any(part[0] == "." for part in path.parts[-2:]):
                digest.update(f"{path.relative_to(folder)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _versions() -> Iterator[tuple[str, str]]:
    """The libraries that the kit asks for, as they are installed."""
    for required in metadata.requires(_PACKAGE) or ():
        name = _NAME.match(required)
        if name is None or "extra ==" in required:
            continue
        try:
            yield name[0], metadata.version(name[0])
        except metadata.PackageNotFoundError:
            yield name[0], ""  # asked for on another system alone
