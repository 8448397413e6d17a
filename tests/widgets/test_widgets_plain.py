"""What forms tell the browser: each control once, whole, and before whatever holds it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import comm
import ipywidgets
import pytest
from comm.base_comm import BaseComm
from driving import Opener, field

from kit.widgets import plain

ROWS = {
    "problem": "problem.evidence",
    "hypothesis": "hypothesis.alternatives",
    "metrics": "metrics.guardrails",
    "data": "data.sources",
}
Told = list[tuple[str, str, dict[str, Any]]]  # kind of message, control, what of it


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Every message to the browser, in order."""
    messages: Told = []

    class Heard(BaseComm):
        def publish_msg(self, msg_type: str, data: Any = None, **_: Any) -> None:
            messages.append((msg_type, self.comm_id, (data or {}).get("state", {})))

    make: Callable[..., Any] = Heard
    monkeypatch.setattr(comm, "create_comm", make)
    monkeypatch.setattr(plain, "_alike", {})
    return messages


def test_form_tells_of_each_control_once_and_whole(
    told: Told, open_form: Opener, churn: Path
) -> None:
    form = open_form("metrics", churn)
    opened = [control for kind, control, _ in told if kind == "comm_open"]
    assert len(opened) == len(set(opened)) > 500
    assert [message for message in told if message[0] != "comm_open"] == []
    kinds = [state["_model_name"] for _, _, state in told]
    alike = [kind for kind in kinds if kind.endswith(("LayoutModel", "StyleModel"))]
    assert len(alike) == len(set(alike))
    assert form.widget.model_id in opened


def test_what_is_inside_is_told_before_what_holds_it(told: Told) -> None:
    with plain.told_once():
        outer = plain.VBox()
        inner = plain.HTML("a").add_class("b")
        outer.children = [plain.Box([inner])]
        inner.value = "c"
        assert not told
    order = [control for _, control, _ in told]
    held = outer.children[0]
    assert order.index(inner.model_id) < order.index(held.model_id) < order.index(outer.model_id)
    (state,) = (state for _, control, state in told if control == inner.model_id)
    assert (state["value"], state["_dom_classes"]) == ("c", ("b",))
    inner.value = "d"
    assert told[-1] == ("comm_msg", inner.model_id, {"value": "d"})


def test_container_that_is_told_can_take_in_a_control_that_is_not(told: Told) -> None:
    outer = plain.VBox()
    with plain.told_once():
        inner = plain.Text("a")
        outer.children = [inner]
    opened = [control for kind, control, _ in told if kind == "comm_open"]
    assert opened.count(inner.model_id) == 1
    assert told[-1] == ("comm_msg", outer.model_id, {"children": [f"IPY_MODEL_{inner.model_id}"]})


def test_form_that_could_not_be_made_is_not_told_of(told: Told) -> None:
    def stopped() -> None:
        with plain.told_once():
            plain.Text("a")
            assert 1 / 0

    with pytest.raises(ZeroDivisionError):
        stopped()
    assert not told
    assert plain.Text("b").comm is not None


def test_control_that_is_closed_before_it_is_told_stays_closed(told: Told) -> None:
    with plain.told_once():
        unheard, named = plain.Text("a"), plain.Text("b")
        assert named.model_id
        for one in (unheard, named):
            one.close()
    assert unheard.comm is named.comm is None
    assert [kind for kind, *_ in told].count("comm_close") == 1


def test_form_that_can_be_written_again_is_told_once_and_whole(
    told: Told, open_form: Opener, churn: Path
) -> None:
    churn.chmod(0o444)
    form = open_form("goal", churn)
    before = len(told)
    churn.chmod(0o644)
    form.reload()
    news = told[before:]
    new = {control for kind, control, _ in news if kind == "comm_open"}
    assert form.sheet.widget.model_id in new
    assert not [one for kind, one, _ in news if kind == "comm_msg" and one in new]


@pytest.mark.parametrize("step", ["problem", "hypothesis", "metrics", "data"])
def test_row_that_is_added_is_told_once_and_whole(
    step: str, told: Told, open_form: Opener, brief: Path
) -> None:
    form = open_form(step, brief)
    rows = field(form, ROWS[step])
    before = len(told)
    rows.add()
    news = told[before:]
    new = [control for kind, control, _ in news if kind == "comm_open"]
    assert len(new) > 5
    named = [(one, state) for kind, one, state in news if kind == "comm_msg" and state]
    assert [one for one, state in named if one in new] == []
    # a change of what was there before: the rows take in the new one
    assert [list(state) for _, state in named] == [["children"]]


def test_other_thread_waits_for_nobody(told: Told) -> None:
    made: list[Any] = []
    with plain.told_once():
        other = threading.Thread(target=lambda: made.append(plain.Text("a").comm))
        other.start()
        other.join()
    assert made[0] is not None
    assert told


def test_layout_and_style_are_one_for_all_of_a_kind_and_of_nobody_elses(told: Told) -> None:
    one, other, foreign = plain.Text(), plain.Text(), ipywidgets.Text()
    assert one.layout is other.layout is plain.VBox().layout
    assert one.style is other.style is not plain.HTML().style
    assert foreign.layout is not one.layout
    one.layout.close()
    assert plain.Text().layout.comm is not None
    assert told
