"""Blocks in; PDF, HTML, DOCX and Markdown out. The nbconvert exporters are in `kit.export.exporters`."""

from kit.export.document import Document
from kit.export.formats import FORMATS, Written, formats_in, write
from kit.export.notebook import brief_document

__all__ = ["FORMATS", "Document", "Written", "brief_document", "formats_in", "write"]
