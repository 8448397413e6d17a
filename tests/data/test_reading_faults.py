"""What is wrong with a file is told as such, and what is wrong with the kit is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from nasty_packed import GOOD, sheet

from kit.data.reading import parquet, read_file, workbook
from kit.data.reading.refusal import RefusedError

BOOK = sheet(("a", "b"), (1, "=A2*2"), (3, 4))
FAULTS = (KeyError, IndexError, TypeError, AttributeError, ValueError)


def breaking(fault: type[Exception]) -> Any:
    def broken(*_: object, **__: object) -> None:
        raise fault("of the kit's own")

    return broken


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("part", ["_filled", "_has_formula", "_unsaved"])
def test_read_file_tells_no_damage_where_its_own_code_breaks_on_a_workbook(
    part: str, fault: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "whole.xlsx"
    path.write_bytes(BOOK)
    monkeypatch.setattr(workbook, part, breaking(fault))
    with pytest.raises(fault, match="of the kit's own"):
        read_file(path)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("part", ["_refuse_large", "_plain", "_nested", "named_columns"])
def test_read_file_tells_no_damage_where_its_own_code_breaks_on_parquet(
    part: str, fault: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "whole.parquet"
    path.write_bytes(GOOD)
    monkeypatch.setattr(parquet, part, breaking(fault))
    with pytest.raises(fault, match="of the kit's own"):
        read_file(path)


@pytest.mark.parametrize(("name", "good"), [("cut.xlsx", BOOK), ("cut.parquet", GOOD)])
def test_read_file_tells_damage_wherever_a_file_is_cut(name: str, good: bytes, tmp_path: Path):
    path = tmp_path / name
    for end in range(60, len(good) - 1, 97):
        path.write_bytes(good[:end])
        with pytest.raises(RefusedError, match="cut short"):
            read_file(path)
