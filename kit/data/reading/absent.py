"""What people write where they have nothing to write."""

# Single words and capitals alone are left as they are: ND and N.C. are states, K.A. are initials, kA is a unit.
ABSENT = (
    "", " ", "-", "--", "---", "–", "—", ".", "?", "\\N",
    "NA", "N/A", "n/a", "na", "N.A.", "n.a.", "<NA>", "NaN", "nan", "NAN", "NaT",
    "NULL", "null", "Null", "(null)", "None", "nil",
    "#N/A", "#NA", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!",
    "k.A.", "k. A.", "k.a.", "k. a.", "o.A.", "o. A.",
    "keine Angabe", "Keine Angabe", "keine Angaben", "Keine Angaben", "ohne Angabe", "Ohne Angabe",
    "n.d.", "n. d.", "n.c.", "n. c.", "s.o.", "s. o.", "non renseigné", "Non renseigné", "non renseignée",
    "Non renseignée", "n/d", "N/D", "s/d", "sin datos", "Sin datos", "no consta", "No consta",
)  # fmt: skip
