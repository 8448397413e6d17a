"""What people write where they have nothing to write."""

ABSENT = (
    "", " ", "-", "--", "---", "–", "—", ".", "?", "\\N",
    "NA", "N/A", "n/a", "na", "N.A.", "n.a.", "<NA>", "NaN", "nan", "NAN", "NaT",
    "NULL", "null", "Null", "(null)", "None", "nil",
    "#N/A", "#NA", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!",
)  # fmt: skip
