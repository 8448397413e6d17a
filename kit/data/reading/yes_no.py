"""Words for yes and no."""

# Pairs, as a column holds one of them.
YES_NO = (
    ("yes", "no"), ("true", "false"), ("y", "n"), ("t", "f"), ("on", "off"),
    ("ja", "nein"), ("ja", "nee"), ("ja", "nej"), ("wahr", "falsch"), ("oui", "non"), ("vrai", "faux"),
    ("si", "no"), ("sí", "no"), ("sì", "no"), ("sim", "não"), ("tak", "nie"), ("ano", "ne"),
    ("evet", "hay\u0131r"), ("да", "нет"), ("так", "ні"), ("はい", "いいえ"), ("是", "否"), ("예", "아니요"),
)  # fmt: skip
YES = frozenset(yes for yes, _ in YES_NO)
NO = frozenset(no for _, no in YES_NO)
