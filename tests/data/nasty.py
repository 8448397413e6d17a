"""Files that strangers attach: each with what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Content = bytes | Callable[[Path], None]
MB = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Nasty:
    """One file, and the table or refusal that it must end in."""

    name: str  # of the file
    content: Content  # its bytes, or what writes it
    about: str = ""  # where the name does not say it
    refused: str | None = None  # a part of the refusal's text
    rows: int | None = None
    columns: int | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)  # of columns, by name
    missing: Mapping[str, int] = field(default_factory=dict)
    strange: Mapping[str, int] = field(default_factory=dict)
    first: Mapping[str, object] = field(default_factory=dict)  # values of the first row
    notes: Mapping[str, str] = field(default_factory=dict)  # a part of a column's notes
    traits: Mapping[str, int] = field(default_factory=dict)  # of all oddities, with their counts
    lines: tuple[int, ...] | None = None  # that the oddities name
    said: tuple[str, ...] = ()  # parts of how it was read

    def write(self, folder: Path) -> Path:
        """The file, in a folder."""
        path = folder / self.name
        if isinstance(self.content, bytes):
            path.write_bytes(self.content)
        else:
            self.content(path)
        return path


def _lines(*lines: str, end: str = "\n", encoding: str = "utf-8") -> bytes:
    return "".join(line + end for line in lines).encode(encoding)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 30)


def _one_ragged(path: Path) -> None:
    rows = ["a,b,c", *("1,2,3" for _ in range(1_000_000))]
    rows[777_776] = "1,2,3,4"
    path.write_text("\n".join(rows), encoding="utf-8")


def _quote_early(path: Path) -> None:
    rows = ["a,b", "1,x", '2,"y', *(f"{at},some text that fills the line" for at in range(400_000))]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _wide(columns: int) -> bytes:
    names = ",".join(f"column_with_a_long_name_{at}" for at in range(columns))
    return _lines(names, *(",".join(["1"] * columns) for _ in range(3)))


ROWS = b"".join(b"%d,%d\n" % (at, 2 * at) for at in range(300))
AB = {"a": "number", "b": "number"}
NAMES = ("Zoë;Paris;3", "Jürgen;Köln;5", "Håkan;Malmö;8", "Noël;Liège;1") * 5
TOWNS = (
    "名前,都市,数",
    "田中さくら,東京都渋谷区,3",
    "鈴木一郎,大阪府大阪市,5",
    "佐藤花子,北海道札幌市,8",
)

SHAPES = (
    Nasty(name="ragged.csv", content=b"a,b\n1,2\n3\n4,5\n\n6,7,8\n9,10\n", rows=5, columns=2, kinds=AB,
          traits={"ragged": 2}, lines=(3, 6)),
    Nasty(name="one_in_a_million.csv", content=_one_ragged, rows=1_000_000, columns=3,
          traits={"ragged": 1}, lines=(777_777,)),
    Nasty(name="ragged_after_breaks.csv", content=b'a,b\n1,"x\ny"\n2\n3,z\n', rows=3,
          traits={"ragged": 1}, lines=(4,)),
    Nasty(name="mostly_ragged.csv", content=b"a,b\n" + b"1,2,3\n" * 9, refused="rows of 2 fields"),
    Nasty(name="row_names.csv", content=b"a,b,c\n" + b"x,1,2,3\n" * 9, refused="rows of 3 fields"),
    Nasty(name="semicolon.csv", content=b"a;b\n1;2\n3;4\n", rows=2, kinds=AB, said=("semicolon",)),
    Nasty(name="tab.tsv", content=b"a\tb\n1\t2, or so\n3\t4\n", rows=2, said=("tab",)),
    Nasty(name="bar.txt", content=b"a|b\n1|2\n3|4\n", rows=2, kinds=AB, said=("bar",)),
    Nasty(name="excel_hint.csv", content=b"sep=;\r\na;b\r\n1;2\r\n", rows=1, kinds=AB,
          said=("semicolon",)),
    Nasty(name="odd_hint.csv", content=b"sep=\xc2\xa7\na,b\n1,2\n", rows=1, kinds=AB,
          traits={"heading": 1}, lines=(1,)),
    Nasty(name="empty.csv", content=b"", refused="an empty file"),
    Nasty(name="spaces.csv", content=b"  \n \t \r\n   ", refused="nothing but spaces"),
    Nasty(name="header_only.csv", content=b"a,b\n", rows=0, columns=2, kinds={"a": "empty", "b": "empty"}),
    Nasty(name="header_without_end.csv", content=b"a,b", rows=0, columns=2),
    Nasty(name="empty_texts.csv", content=b'a\n""\n""\n', rows=2, columns=1, kinds={"a": "empty"}, missing={"a": 2}),
    Nasty(name="no_header.csv", content=b"1,2.5,x\n2,3.5,y\n3,4.5,x\n", rows=3, columns=3,
          kinds={"column 1": "number", "column 3": "category"}, said=("no header",)),
    Nasty(name="years_as_names.csv", content=b"country,2019,2020,2021\nA,1.5,2.5,3.5\nB,4,5,6\n", rows=2,
          kinds={"country": "text", "2019": "number"}),
    Nasty(name="one_row.csv", content=b"a,b\n1,x\n", rows=1, kinds={"a": "number", "b": "category"}),
    Nasty(name="one_column.csv", content=b"name\nAnna\nBob\nAnna\n", rows=3, columns=1),
    Nasty(name="crlf.csv", content=b"a,b\r\n1,2\r\n3,4\r\n", rows=2, kinds=AB),
    Nasty(name="cr.csv", content=b"a,b\r1,2\r3\r4,5\r", rows=3, kinds=AB, traits={"ragged": 1}, lines=(3,)),
    Nasty(name="mixed_ends.csv", content=b"a,b\r\n1,2\n3,4\r5,6\r\n", rows=3, kinds=AB),
    Nasty(name="blank_lines.csv", content=b"\n\na,b\n\n1,2\n\n\n3\n4,5\n\n", rows=3, kinds=AB,
          traits={"ragged": 1}, lines=(8,)),
    Nasty(name="2000_columns.csv", content=_wide(2_000), rows=3, columns=2_000),
    Nasty(name="6000_columns.csv", content=_wide(6_000), refused="at most 5,000 columns, found 6,000"),
    Nasty(name="preamble.csv", content=b"Report of sales\nmade by Tool 3\n\nday,shop,sum\n"
          + b"2024-01-02,A,5\n" * 9, rows=9, columns=3, kinds={"day": "date", "sum": "number"},
          traits={"heading": 2}, lines=(1, 2)),
    Nasty(name="comments.csv", content=b"# made by a tool\n# on a day\na,b,c\n1,2,3\n# halfway\n4,5,6\n", rows=3,
          columns=3, traits={"heading": 2, "ragged": 1}, lines=(1, 2, 5)),
    Nasty(name="trailing_delimiter.csv", content=b"a,b,\n1,2,\n3,4,\n", rows=2, columns=2, kinds=AB,
          traits={"layout": 1}),
    Nasty(name="trailing_in_rows.csv", content=b"a,b\n1,2,\n3,4,\n5,6,\n", rows=3, columns=2, kinds=AB,
          traits={"layout": 1}),
    Nasty(name="1_GB_of_nothing.csv", content=_sparse, refused="bytes that are no text"),
)  # fmt: skip

QUOTES = (
    Nasty(name="line_breaks.csv", content=b'a,b\n1,"two\nlines"\n2,"one"\n', rows=2, first={"b": "two\nlines"}),
    Nasty(name="doubled.csv", content=b'a,b\n1,"say ""yes"""\n2,plain\n', rows=2, first={"b": 'say "yes"'}),
    Nasty(name="escaped.csv", content=b'a,b\n1,"say \\"yes, sir\\""\n2,"no, \\"sir\\""\n', rows=2, columns=2,
          first={"b": 'say "yes, sir"'}, said=("backslash",)),
    Nasty(name="inches.csv", content=b'part,size\nbolt,5"\nnut,7"\nnail,3"\n', rows=3, first={"size": '5"'}),
    Nasty(name="unclosed_small.csv", content=b'a,b\n1,"x\n2,y\n3,z\n', rows=3, columns=2, first={"b": '"x'},
          traits={"quoting": 1}),
    Nasty(name="unclosed_first.csv", content=b'a,b\n"1,x\n2,y\n3,z\n', rows=3, columns=2, traits={"quoting": 1}),
    Nasty(name="unclosed_early_in_large.csv", content=_quote_early, rows=400_002, columns=2,
          traits={"quoting": 1}),
    Nasty(name="stray_quote.csv", content=b'a,b\n1,"x\n' + b"2,y\n" * 30 + b'3,"z"\n' + b"4,w\n" * 9,
          traits={"quoting": 1}, about="swallows thirty lines up to the next quotation mark"),
    Nasty(name="unclosed_header.csv", content=b'id,"score\n' + ROWS, rows=300, columns=2,
          kinds={"id": "number", '"score': "number"}, traits={"quoting": 1}),
    Nasty(name="unclosed_first_name.csv", content=b'"id,score\n' + ROWS, rows=300, columns=2, traits={"quoting": 1}),
    Nasty(name="unclosed_one_name.csv", content=b'"id\n1\n2\n3\n', rows=3, columns=1, traits={"quoting": 1}),
    Nasty(name="header_closed_late.csv", content=b'id,"score\n' + ROWS + b'5,"x"\n' + ROWS, rows=601, columns=2,
          traits={"quoting": 1}, about="one quotation mark too few, with others further down"),
    Nasty(name="header_closed_by_another.csv", content=b'id,"score\n' + ROWS + b'5,x"\n' + ROWS, rows=601, columns=2,
          traits={"quoting": 1}, about="an even number of quotation marks"),
    Nasty(name="lines_in_names.csv", content=b'id,"Amount, net\nin EUR, thousands\nper year",c\n' + b"1,2,3\n" * 9,
          rows=9, kinds={"Amount, net in EUR, thousands per year": "number"}),
    Nasty(name="nineteen_swallowed.csv", content=b'a,b\n1,"x\n' + b"2,y\n" * 15 + b'3,z"\n' + b"4,w\n" * 9, rows=10,
          traits={"quoting": 1}, about="a pair of quotation marks around sixteen rows"),
    Nasty(name="one_swallowed.csv", content=b'a,b\n1,"x\n2,y"\n3,z\n4,w\n', rows=3, traits={"quoting": 1}),
    Nasty(name="swallowed_in_ragged.csv", content=b'a,b\n"1,2\n' + ROWS + b'3,"\n' + ROWS, rows=301,
          traits={"quoting": 1, "ragged": 1}),
    Nasty(name="swallowed_words.csv", content=b'a,b\nx,y\n"p,q\nr,s\nt,u\nv,w\nx",y\nf,g\n', rows=3,
          traits={"quoting": 1}),
    Nasty(name="addresses.csv", content=b"".join([b"id,address\n", *(b'%d,"%d High Street\nYork, UK 1"\n' % (at, at)
          for at in range(50))]), rows=50),
    Nasty(name="comments_in_lines.csv", rows=9, content=b'name,said,n\n'
          + b'A,"Good, mostly.\nThe food, though, was cold.\n\nBye, A",5\n' * 9),
    Nasty(name="words_in_lines.csv", content=b'name,said\n' + b'A,"good,bad\nugly,fine"\n' * 9, rows=9),
    Nasty(name="backslash_alone.csv", content=b'"a","b","c"\n' + b'"1","2","3"\n' * 5 + b'"x","\\","y","z"\n', rows=6,
          columns=3, traits={"ragged": 1}, lines=(7,), about="a cell of one backslash: the standard knows no escapes"),
    Nasty(name="folders.csv", content=b'id,folder,n\n' + b'1,"C:\\data\\",2\n' * 9, rows=9, columns=3,
          first={"folder": "C:\\data\\"}),
    Nasty(name="huge_cell.csv", content=b"a,b\n1," + b"x" * (50 * MB) + b"\n2,y\n", refused="less than 8 MB each"),
    Nasty(name="huge_quoted_cell.csv", content=b'a,b\n1,"' + b"x\n" * (10 * MB) + b'"\n2,y\n',
          refused="less than 8 MB each"),
    Nasty(name="huge_line.csv", content=b"x" * (100 * MB), refused="first line of less than"),
)  # fmt: skip

BYTES = (
    Nasty(name="bom.csv", content=b"\xef\xbb\xbfa,b\n1,2\n3\n", rows=2, kinds=AB, said=("byte order mark",),
          traits={"ragged": 1}, lines=(3,)),
    Nasty(name="utf16.csv", content=_lines("a,b", "1,ü", encoding="utf-16"), rows=1, first={"b": "ü"},
          said=("UTF-16",)),
    Nasty(name="utf16_be.csv", content=b"\xfe\xff" + _lines("a,b", "1,ü", encoding="utf-16-be"), rows=1,
          first={"b": "ü"}),
    Nasty(name="utf16_bare.csv", content=_lines("a,b", "1,ü", "2,x", encoding="utf-16-le"), rows=2,
          first={"b": "ü"}, said=("a guess",)),
    Nasty(name="utf32.csv", content=_lines("a,b", "1,ü", encoding="utf-32"), rows=1, first={"b": "ü"},
          said=("UTF-32",)),
    Nasty(name="cp1252.csv", content=_lines("name;town;n", *NAMES, encoding="cp1252"), rows=20,
          first={"name": "Zoë", "town": "Paris"}, said=("cp1252 (a guess)",)),
    Nasty(name="shift_jis.csv", content=_lines(TOWNS[0], *TOWNS[1:] * 20, encoding="shift_jis"), rows=60, columns=3,
          first={"都市": "東京都渋谷区"}, said=("a guess",)),
    Nasty(name="cyrillic.csv", content=_lines("имя,город", *["Иван,Москва", "Ольга,Казань"] * 30,
          encoding="cp1251"), rows=60, columns=2, said=("a guess",)),
    Nasty(name="bad_bytes.csv", content="a,b\n1,ü\n2,é\n3,".encode() + b"\xff\xfe" + "\n4,ö\n".encode(), rows=4,
          first={"b": "ü"}, said=("UTF-8",), traits={"encoding": 2}),
    Nasty(name="cut_character.csv", content="a,b\n1,ü\n2,ö\n3,é".encode()[:-1], rows=3, traits={"encoding": 1}),
    Nasty(name="few_nuls.csv", content=b"a,b\n1,2\x00\n3,\x00\n5,6\n", rows=3, kinds=AB, missing={"b": 1},
          first={"b": 2.0}, traits={"empty bytes": 2}),
    Nasty(name="many_nuls.csv", content=b"a,b\n" + b"1,2\x00\x00\n" * 1000, refused="bytes that are no text"),
    Nasty(name="mail_from_japan.csv", content=_lines(TOWNS[0], *TOWNS[1:] * 9, encoding="iso2022_jp"), rows=27,
          columns=3, first={"都市": "東京都渋谷区"}, said=("iso2022-jp (a guess)",)),
    Nasty(name="colours.csv", content=_lines("a,b", "1,\x1b[31mred", "2,blue\x9b", "3,plain", "4,\x1b[31mred"), rows=4,
          first={"b": "\ufffd[31mred"}, traits={"controls": 3}, about="what a terminal would obey"),
    Nasty(name="noise.csv", content=bytes(range(1, 256)) * 100, refused="bytes that are no text"),
)  # fmt: skip

HEADERS = (
    Nasty(name="duplicates.csv", content=b"a,b,a,a\n1,2,3,4\n", rows=1,
          kinds={"a": "number", "a (2)": "number", "a (3)": "number"}, traits={"heading": 1}),
    Nasty(name="numbered_already.csv", content=b"a,a (2),a\n1,2,3\n", columns=3, kinds={"a (3)": "number"},
          traits={"heading": 1}),
    Nasty(name="blank_names.csv", content=b"a,,\n1,2,3\n", rows=1, columns=3, kinds={"column 2": "number"},
          traits={"heading": 2}),
    Nasty(name="breaks_in_names.csv", content=b'"first\nname","b\x07\tc"\n1,2\n3\n', rows=2, columns=2,
          kinds={"first name": "number", "b\\x07 c": "number"}, traits={"ragged": 1}, lines=(4,)),
    Nasty(name="long_name.csv", content=b"a," + b"n" * 10_000 + b"\n1,2\n", columns=2, kinds={"n" * 120: "number"}),
    Nasty(name="scripts.csv", content=_lines("שם,💰 الراتب,名前", "1,2,3"), kinds={"שם": "number", "💰 الراتب":
          "number", "名前": "number"}),
    Nasty(name="overridden.csv", content=_lines("a\u202eb,c", "1,2"), kinds={"a\\u202eb": "number"}),
)  # fmt: skip

FOREIGN = (
    Nasty(name="gzip.csv", content=b"\x1f\x8b\x08" + bytes(50), refused="a gzip archive"),
    Nasty(name="picture.csv", content=b"\x89PNG\r\n\x1a\n" + bytes(50), refused="a picture"),
    Nasty(name="pickle.csv", content=b"\x80\x04\x95\x0f\x00\x00", refused="a Python pickle, which may run code"),
    Nasty(name="records.csv", content=b'[\n  {"a": 1},\n  {"a": 2}\n]', refused="JSON"),
    Nasty(name="lines.csv", content=b'{"a": 1}\n{"a": 2}\n', refused="JSON"),
    Nasty(name="page.csv", content=b"\n<!DOCTYPE html><html></html>", refused="a web page"),
    Nasty(name="old.xlsx", content=b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(50), refused="an old Office document"),
    Nasty(name="text.parquet", content=b"a,b\n1,2\n", refused="Give it the ending .csv"),
    Nasty(name="text.xlsx", content=b"a,b\n1,2\n", refused="Give it the ending .csv"),
    Nasty(name="unknown.dat", content=b"a,b\n1,2\n", refused="in a file called *.dat"),
)  # fmt: skip
