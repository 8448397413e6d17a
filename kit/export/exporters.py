"""nbconvert exporters: `jupyter nbconvert --to framing-pdf`, and JupyterLab's export menu.

They read no template, so nothing in the folder that they are run in can change what they do.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, ClassVar

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode
from traitlets import default

from kit.errors import FramingError
from kit.export.formats import write
from kit.export.ipynb import checked
from kit.export.notebook import saved_document


class _FramingExporter(Exporter):
    """What the formats share."""

    to: ClassVar[str]

    @default("file_extension")
    def _file_extension(self) -> str:
        return f".{self.to}"

    @default("enabled")
    def _enabled(self) -> bool:
        # A Jupyter server offers every exporter, but answers 404 to a name with a hyphen.
        server = sys.modules.get("jupyter_server.serverapp")
        return server is None or not server.ServerApp.initialized()

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The notebook's sections and own cells as a document.

        Raises
        ------
        ConversionException
            If that cannot be; says why.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        about = resources["metadata"]
        name, folder = f"{about.get('name') or 'Notebook'}.ipynb", Path(about.get("path") or ".")
        try:
            notebook = checked(nb, name=name)
            made = write(saved_document(notebook, name=name, folder=folder), self.to)
        except FramingError as exc:
            raise ConversionException(str(exc)) from exc
        for warning in made.warnings:
            self.log.warning("%s: %s", name, warning)
        return made.data if self.to == "pdf" else made.data.decode(), resources


class FramingPDF(_FramingExporter):
    """A tagged PDF."""

    to = "pdf"
    output_mimetype = "application/pdf"


class FramingHTML(_FramingExporter):
    """A page that needs no other file."""

    to = "html"
    output_mimetype = "text/html"


class FramingMarkdown(_FramingExporter):
    """Plain Markdown."""

    to = "md"
    output_mimetype = "text/markdown"


class _InMenu(_FramingExporter):
    """An exporter under a name that a Jupyter server can reach."""

    @default("enabled")
    def _enabled(self) -> bool:
        return True


class MenuPDF(_InMenu, FramingPDF):
    """`FramingPDF` in JupyterLab's menu."""

    export_from_notebook = "Framing Kit PDF"


class MenuHTML(_InMenu, FramingHTML):
    """`FramingHTML` in JupyterLab's menu."""

    export_from_notebook = "Framing Kit HTML"


class MenuMarkdown(_InMenu, FramingMarkdown):
    """`FramingMarkdown` in JupyterLab's menu."""

    export_from_notebook = "Framing Kit Markdown"
