"""Briefs made on a Dask cluster: orders and documents travel as bytes, so that no disk is shared.

A worker of the cluster hands each order to a process of its own, as a batch does on one machine. What Dask adds is who
works on what: an order whose worker is lost goes to another.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import tempfile
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias

from kit.batch.engines import Engine
from kit.batch.fingerprint import tools
from kit.batch.making import bench
from kit.batch.order import Order, Task
from kit.batch.pool import Hands, Lost
from kit.batch.result import Package
from kit.brief import Brief
from kit.data import Attached, attached_to
from kit.errors import UsageError

Client: TypeAlias = Any  # those of `distributed`, which is an extra
Promise: TypeAlias = Any

_CONNECTING = 10.0  # seconds
_AHEAD = 2  # orders that wait for each thread of the cluster, so that none waits for this machine
_LOST = (OSError, RuntimeError, CancelledError, asyncio.CancelledError)  # what Dask says of that
_BEGINNING = threading.Lock()
_MOST = 256 << 20  # bytes of one attached file that are sent


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """An order with all that it takes."""

    order: Order
    files: Mapping[str, bytes]  # those that the brief names, by their path from its folder
    tools: str  # what the kit that sends it runs on
    seconds: float  # for this brief


def each_on(
    address: str, orders: Sequence[tuple[Order, Brief | None]], *, seconds: float
) -> Generator[tuple[int, Package | Lost]]:
    """Index and result of every order, as they come; each with the brief where it names files.

    Raises
    ------
    UsageError
        If there is no cluster at `address`, it has no worker, or its workers have another kit.
    """
    if not orders:
        return
    refused = dict(_refused(orders))
    with _connected(address) as client:
        yield from refused.items()
        left = [(at, *one) for at, one in enumerate(orders) if at not in refused]
        yield from _worked_on(client, left, seconds)


def _worked_on(
    client: Client, orders: Sequence[tuple[int, Order, Brief | None]], seconds: float
) -> Generator[tuple[int, Package | Lost]]:
    from distributed import as_completed
    from distributed.client import ClosedClientError

    lost = (*_LOST, ClosedClientError)
    left = [*reversed(orders)]
    waiting = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]
    asked = dict[Promise, int]()

    def send() -> None:
        width = _AHEAD * max(1, _threads(client))
        sent = []
        try:
            while left and len(asked) < width:
                at, order, brief = left[-1]
                parcel = _parcel(order, brief, seconds)
                future = client.submit(work, parcel, pure=False, retries=1)
                left.pop()
                asked[future] = at
                sent.append(future)
        finally:
            # All at once: it holds a lock while it takes them, for which the thread that hears Dask may wait.
            waiting.update(sent)  # type: ignore[no-untyped-call]

    with suppress(*lost):
        send()
    for future in waiting:
        at = asked.pop(future)
        with suppress(*lost):
            send()
        yield at, _result(future)
    for at, *_ in reversed(left):
        yield at, _lost()


def work(parcel: Parcel) -> Package | Lost:
    """What a worker of the cluster does with an order."""
    if parcel.tools != tools():
        found = "a worker of the cluster has another version of the kit or its libraries"
        return Lost(reason=found, remedy="Install the same there, and run it again.")
    try:
        result = _worked(parcel)
    except OSError as exc:
        return Lost(reason=f"a worker of the cluster could not write its files ({exc.strerror})")
    if isinstance(result, Package) and result.is_full:
        return Lost(reason="the disk of a worker of the cluster is full")
    return result


def _worked(parcel: Parcel) -> Package | Lost:
    with tempfile.TemporaryDirectory(prefix="framing-") as folder:
        home = Path(folder)
        for name, data in parcel.files.items():
            path = home / name.replace("\\", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        order = replace(parcel.order, home=home)
        with _BEGINNING:
            hands = _hands(order.options.engine)
        return hands.do(order, seconds=parcel.seconds)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        import distributed
        from distributed.comm.addressing import resolve_address
    except ImportError as exc:
        raise UsageError(
            "--dask: expected the library that speaks with a Dask cluster, found none. "
            "Install it: pip install 'framing-kit[dask]'"
        ) from exc
    try:
        resolve_address(address)  # a client that cannot would end with a traceback
        _find(address)
        client = distributed.Client(address, timeout=_CONNECTING, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as exc:
        raise UsageError(
            f"--dask {address}: expected a Dask scheduler at this address, found none "
            f"({_first_line(exc)}). Start one with `dask scheduler`, and name the address that it prints."
        ) from exc
    with _unheard("distributed", "distributed.client"), client:
        _refuse_others(client, address)
        yield client


def _find(address: str) -> None:
    """See that a scheduler answers, as a client waits for ever for what takes its call and says nothing.

    Raises
    ------
    OSError
        If none does in time.
    """
    found = Future[None]()

    def ask() -> None:
        try:
            asyncio.run(asyncio.wait_for(_asked(address), _CONNECTING))
        except TimeoutError:
            told = f"what is there gives no answer of Dask's within {_CONNECTING:g} s"
            found.set_exception(OSError(told))
        except Exception as exc:  # noqa: BLE001  whatever Dask makes of what answers
            found.set_exception(OSError(_first_line(exc)))
        else:
            found.set_result(None)

    # In a thread, as a notebook has a loop of its own in this one; nobody waits for it after Ctrl-C.
    threading.Thread(target=ask, daemon=True).start()
    found.result()


async def _asked(address: str) -> None:
    from distributed import Security
    from distributed.comm.core import connect

    secured = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    comm = await connect(address, timeout=_CONNECTING, **secured)  # type: ignore[no-untyped-call]
    try:
        await comm.write({"op": "identity", "reply": True})
        kind = (await comm.read())["type"]
    finally:
        comm.abort()
    if kind != "Scheduler":
        raise OSError(f"a {kind} answers there")


@contextmanager
def _unheard(*loggers: str) -> Iterator[None]:
    """Keep tracebacks of what is lost from standing beside what is said of it in words."""
    before = {name: logging.getLogger(name).level for name in loggers}
    try:
        for name in loggers:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def _refuse_others(client: Client, address: str) -> None:
    """See before any work is sent that every worker would give the same bytes as this machine."""
    try:
        found: dict[str, Any] = client.run(tools, on_error="return")
    except (OSError, ValueError) as exc:
        raise UsageError(f"--dask {address}: expected workers that answer, found: {exc}.") from exc
    if not found:
        raise UsageError(
            f"--dask {address}: expected at least one worker, found none. "
            f"Start some: dask worker {address}"
        )
    others = sorted(worker for worker, told in found.items() if told != tools())
    if others:
        raise UsageError(
            f"--dask {address}: expected the same kit, Python and libraries on every worker as here, found "
            f"others on {', '.join(others)}. Install the same versions there, for example from one lock file."
        )


def _threads(client: Client) -> int:
    """How many orders the cluster works on at a time; ConnectionError if there is none any more."""
    if client.status != "running":
        raise ConnectionError
    try:
        return sum(client.nthreads().values())
    except AttributeError as exc:  # Dask forgot its scheduler meanwhile
        raise ConnectionError from exc


def _attached(order: Order, brief: Brief | None) -> tuple[Attached, ...]:
    if brief is None or order.home is None:
        return ()
    return tuple(one for one in attached_to(brief, order.home) if isinstance(one, Attached))


def _refused(orders: Sequence[tuple[Order, Brief | None]]) -> Iterator[tuple[int, Lost]]:
    for at, one in enumerate(orders):
        if name := _too_large(*one):
            found = f"{name} has more than the {_MOST >> 20} MB that are sent to a cluster"
            yield at, Lost(reason=found, remedy="Attach a sample, or leave out --dask.")


def _too_large(order: Order, brief: Brief | None) -> str:
    """The name of a file that cannot be sent, empty where there is none."""
    return next((one.name for one in _attached(order, brief) if one.size > _MOST), "")


def _parcel(order: Order, brief: Brief | None, seconds: float) -> Parcel:
    files = {}
    for one in _attached(order, brief):
        with suppress(OSError):  # it is gone by now, and will be said to be
            files[one.name] = one.path.read_bytes()
    return Parcel(order=order, files=files, tools=tools(), seconds=seconds)


def _result(future: Promise) -> Package | Lost:
    if future.status == "error":
        return Lost(reason=f"the cluster gave up on it ({_first_line(future.exception())})")
    try:
        done: Package | Lost = future.result()
    except _LOST:
        return _lost()
    return done


def _lost() -> Lost:
    return Lost(reason="the cluster was lost")


def _first_line(exc: object) -> str:
    lines = str(exc).strip().splitlines()
    return lines[0] if lines else type(exc).__name__


@cache
def _hands(engine: Engine) -> Hands[Order, Package]:
    """The processes of a worker of the cluster, which are kept from one order to the next."""
    # Dask starts its workers as daemons, which may have no children; these end by themselves when their parent does.
    multiprocessing.current_process().daemon = False
    return Hands(partial(_remote_bench, engine))


@contextmanager
def _remote_bench(engine: Engine) -> Iterator[Any]:
    with tempfile.TemporaryDirectory(prefix="framing-") as name, bench(engine) as make:
        yield lambda order: make(Task(order, Path(name)))
