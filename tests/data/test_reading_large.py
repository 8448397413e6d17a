"""Large files are thinned, small ones that would unpack to large ones do no harm, and damage is told."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from nasty import QUOTES, SHAPES
from nasty_packed import GOOD, PARQUET, WORKBOOKS, sheet, write_bomb

from kit.data.measuring import surroundings
from kit.data.reading import delimited, parquet, read_file, rows
from kit.data.reading.refusal import RefusedError

MOST_MEMORY = 1_200  # MB
BOMBS = {"1_GB_of_nothing.csv", "huge_cell.csv", "huge_line.csv", "long_text.parquet", "bomb.xlsx",
         "laughs.xlsx", "far_row.xlsx", "wide_rows.xlsx"}  # fmt: skip
READS = r"""
import re, sys
from pathlib import Path
from kit.data.reading import read_file
from kit.data.reading.refusal import RefusedError

for name in sys.argv[1:]:
    try:
        read_file(Path(name))
    except RefusedError:
        pass
# Not what getrusage says, which counts the memory of whoever started this process, too.
print(int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""

WIDE_ROOM = (
    2 << 30
)  # bytes of address space, a block of 8 MB for each of 1,500 columns would take 12 GB
READS_WITHIN = f"""
import resource, sys
from pathlib import Path

resource.setrlimit(resource.RLIMIT_AS, ({WIDE_ROOM}, {WIDE_ROOM}))
from kit.data.reading import read_file

table = read_file(Path(sys.argv[1]))
import sklearn.linear_model  # what comes after reading needs room as well

print(table.rows, len(table.columns), table.columns[-1].kind)
"""


def numbered(path: Path, count: int) -> Path:
    path.write_text("n\n" + "".join(f"{at}\n" for at in range(count)), encoding="utf-8")
    return path


def test_read_file_thins_a_large_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rows, "ROW_SIZE", 1_000)  # so that it takes many blocks
    path = numbered(tmp_path / "large.csv", 10_000)
    monkeypatch.setattr(delimited, "KEPT", path.stat().st_size // 6)
    table = read_file(path)
    assert (table.rows, table.every, table.kept) == (10_000, 7, 1_429)
    assert table.column("n").values.to_pylist() == list(range(0, 10_000, 7))
    assert "one row in 7 was looked at, as the file is large" in table.said


def test_read_file_thins_a_large_parquet_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet, "MOST_CELLS", 700)
    monkeypatch.setattr(parquet, "_BATCH", 64)  # so that it takes many batches
    path = tmp_path / "large.parquet"
    path.write_bytes(GOOD)
    table = read_file(path)
    assert (table.rows, table.every, table.kept) == (1_000, 3, 334)
    assert table.column("a").values.to_pylist() == list(range(0, 1_000, 3))
    assert "one row in 3 was looked at, as the file is large" in table.said


def test_read_file_refuses_row_groups_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet, "_GROUP_SIZE", 1_000)
    path = tmp_path / "groups.parquet"
    path.write_bytes(GOOD)
    with pytest.raises(RefusedError, match="smaller row groups"):
        read_file(path)


def test_read_file_takes_little_memory_whatever_is_packed(tmp_path: Path):
    bombs = [
        one.write(tmp_path) for one in (*SHAPES, *QUOTES, *PARQUET, *WORKBOOKS) if one.name in BOMBS
    ]
    assert len(bombs) == len(BOMBS)
    write_bomb(tmp_path / "rows.parquet", 40_000_000)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READS, *map(str, bombs), str(tmp_path / "rows.parquet")],
        capture_output=True, text=True, check=False, env=surroundings(),
    )  # fmt: skip
    assert done.stderr == ""
    assert int(done.stdout) < MOST_MEMORY


def test_read_file_of_many_columns_needs_no_block_for_each(tmp_path: Path):
    chance = random.Random(7)  # noqa: S311 - the same table each time
    path = tmp_path / "wide.csv"
    names = [*(f"x{at}" for at in range(1_500)), "label"]
    rows = (
        [*(f"{chance.gauss(0, 1):.2f}" for _ in range(1_500)), "yn"[row % 2]] for row in range(600)
    )
    path.write_text("".join(",".join(row) + "\n" for row in (names, *rows)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READS_WITHIN, str(path)],
        capture_output=True, text=True, check=False, env=surroundings(),
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.split() == ["600", "1501", "yes", "or", "no"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_read_file_of_damaged_files_ends_in_a_table_or_a_refusal(kind: str, tmp_path: Path):
    text = 'a;b;c\n1,5;"x ""y"" z";01.02.2024\n2,5;"mü\n";\n'.encode() * 30
    good = text if kind == "csv" else sheet(("a", "b"), (1, "x"), (2, "y"))
    path = tmp_path / f"damaged.{kind}"
    chance = random.Random(5)  # noqa: S311 - the same damage each time
    ends = set()
    for _ in range(200):
        damaged = bytearray(good)
        for _ in range(chance.choice((1, 5, 20))):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.choice((0, 1, 9))] = chance.choice(
                (b"", b'"', b"\0", b"\xff\n", b";;")
            )
        path.write_bytes(damaged)
        try:
            table = read_file(path)
        except RefusedError:
            ends.add("refused")
        else:
            assert all(len(column.values) == table.kept for column in table.columns)
            ends.add("read")
    assert "read" in ends
