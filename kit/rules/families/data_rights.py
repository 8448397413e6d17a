"""Step 5: sources whose data may not be used as planned, or are called other than they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.brief import DataSource, NotApplicable
from kit.rules.case import Case
from kit.rules.rule import Said, rule
from kit.rules.vocabulary.patterns import late
from kit.rules.vocabulary.wording import quoted

_PERSON = (
    r"(?:user|customer|person|member|subscriber|patient|listener|visitor|student|pupil|employee|driver|rider|"
    r"applicant|volunteer|passenger|guest|donor|voter|citizen|tenant|buyer|shopper|borrower|policyholder|"
    r"cardholder|caller|viewer|resident)"
)
_SAYS_WHO = r"(?:id|no\.?|number|name|e-?mail|address|phone|age|birthday)"
_FIELD = late(
    rf"{_PERSON}(?:'s)?(?:[ _-]{_SAYS_WHO}){{0,2}}|"
    r"e-?mail(?: address)?|(?:tele|mobile )?phone(?: number)?|(?:first|last|full|family|given) ?name|surname|"
    r"date of birth|birth ?da(?:te|y)|(?:home|postal|ip) address|social security number|passport(?: number)?|"
    r"card(?: number| ?holder)?|iban|gender|ethnicity|religion",
    re.IGNORECASE,
)
_OF_PEOPLE = late(
    rf"\b(?:{_PERSON}|client|candidate)(?:s|'s|s')? (?:records?|registers?|registry|tables?|lists?|files?|"
    r"databases?|profiles?|director(?:y|ies)|accounts?|master|data)\b",
    re.IGNORECASE,
)
# What somebody wrote, said or filled in, and the field that holds the words.
_WRITTEN = late(
    r"(?:(?:user|member|customer|client|patient|student|employee|community|forum|social|media|public|private|support|"
    r"incoming|all) ){0,2}(?:posts|comments|messages|e-?mails|chats?|chat logs?|conversations|letters|support tickets|"
    r"call recordings|recordings of calls|voice ?mails|diaries|essays|cvs|résumés|doctors' notes|medical notes)",
    re.IGNORECASE,
)
_WORDS_OF_IT = late(
    r"(?:(?:full|free|message|mail|body) )?(?:text|body|message|wording|transcript|recording|audio)",
    re.IGNORECASE,
)
_ROLE = late(
    r"owner|author|writer|seller|sender|recipient|agent|caller|moderator|doctor|nurse|teacher|clerk|technician|planner|"
    r"operator|inspector|investigator|contact|adviser|coordinator",
    re.IGNORECASE,
)
_NO_PERSON = late(
    r"\b(?:anonym\w*|aggregat\w*|(?:names?|ids?) (?:are |were |is |was )?removed|counts? only|only counts?|"
    r"synthetic|simulated|invented|cows?|cattle|herds?|animals?|fish|horses?|dogs?|pigs?|sheep)\b",
    re.IGNORECASE,
)
_OTHER_LAW = late(
    r"\b(?:laws?|acts?|hipaa|ccpa|jurisdiction|outside|deceased|dead|died|public domain|published)\b",
    re.IGNORECASE,
)
_TRAINING = r"(?:train\w*|develop\w*|machine learning|text and data mining)"
_FORBIDS = late(
    rf"\b(?:may|must|can|shall|is|are|do(?:es)?)(?: ?not|n't| never)\b[^.;,]{{0,30}}?\b(?:to|for|in|as|allow|permit)"
    rf"(?: \w+)? {_TRAINING}|"
    rf"\b(?:no|not for) (?:\w+ )?(?:commercial (?:use|purposes?)|{_TRAINING}|deriv\w+)|"
    r"\bnon-?commercial\b|\bCC[ -]BY(?:[ -]\w\w)*[ -](?:NC|ND)\b[\w-]*|\bno-?derivatives\b|"
    r"\b(?:research|academic|evaluation|educational|personal|private)(?: use| purposes?)? only\b|"
    r"\bonly for (?:research|academic|evaluation|educational|personal|private)\b|"
    r"\bcommercial use(?: is)? (?:not allowed|forbidden|prohibited|excluded)|"
    rf"\b{_TRAINING}(?: of \w+)?(?: is| are)? (?:not allowed|forbidden|prohibited|excluded)",
    re.IGNORECASE,
)
_GRANTED = late(
    r"\b(?:except|unless|bought|purchased|granted|exempt\w*|(?<!without )permission|we may|allowed for us)\b",
    re.IGNORECASE,
)


@rule("DA208", "warning", requires=("DA101", "DA115"))
def personal_data_denied(case: Case) -> Iterator[Said]:
    """Finds sources that are said to hold no personal data, and whose name or fields speak of people.

    Why it matters: a number that stands for a customer is personal data, with or without a name. Where that is
    denied, nobody asks for a basis. So is what people wrote, as in posts and e-mails. Counts, and data that are
    anonymous by their own words, are left alone.

    Bad:
        data: {sources: [{holds: [customer id, shop, amount], personal: false}]}

    Good:
        data: {sources: [{holds: [shop, amount, payments per hour], personal: false}]}

    Source: General Data Protection Regulation, article 4.
    """
    for path, one in case.entries("data.sources"):
        if one.personal is not False or _NO_PERSON.search(_words_about(one)):
            continue
        sign = _sign_of_people(one) or _role(case, one)
        if sign:
            key = f"{path}.personal"
            yield Said(
                path=key,
                message=case.about(
                    f"It is said to hold no personal data, and {quoted(sign)} speaks of people.",
                    key,
                ),
                remedy="Ask whoever answers for data protection; if it is counted or anonymous, say so in its "
                "peculiarities.",
            )


@rule("DA209", "warning", requires=("DA101", "DA115"))
def basis_waved_off(case: Case) -> Iterator[Said]:
    """Finds sources with personal data whose legal basis is said not to apply.

    Why it matters: personal data always need a basis. Either the data are not personal, or one is missing. A
    reason that names a law, or data of the dead or already published, is left alone.

    Bad:
        data: {sources: [{personal: true, basis: "n/a: no personal data"}]}

    Good:
        data: {sources: [{personal: true, basis: contract}]}

    Source: General Data Protection Regulation, article 6.
    """
    for path, one in case.entries("data.sources"):
        waved = one.basis if isinstance(one.basis, NotApplicable) else None
        if one.personal is True and waved and not _OTHER_LAW.search(waved.reason):
            key = f"{path}.basis"
            message = (
                f'It holds personal data, and the basis is said not to apply: "{waved.reason}".'
            )
            yield Said(
                path=key,
                message=case.about(message, key),
                remedy="Name the basis, or say personal: false if nobody can be recognised in it.",
            )


@rule("DA210", "warning", requires=("DA101",))
def licence_forbids_it(case: Case) -> Iterator[Said]:
    """Finds sources whose licence rules out training, commercial use or derivatives.

    Why it matters: a model made from such data may have to be thrown away, with all that was built on it. A
    licence is cheap to read before, and dear after.

    Bad:
        data: {sources: [{licence: CC BY-NC 4.0}]}

    Good:
        data: {sources: [{licence: CC BY 4.0}]}

    Source: AI-PM guide, step 5; Creative Commons, on its licences.
    """
    for path, one in case.entries("data.sources"):
        licence = one.licence if isinstance(one.licence, str) else ""
        forbids = _FORBIDS.search(licence)
        if forbids and not _GRANTED.search(licence):
            key = f"{path}.licence"
            message = f"Its licence seems to rule out what is planned: {quoted(forbids[0])}."
            yield Said(
                path=key,
                message=case.about(message, key),
                remedy="Have it read by a lawyer, ask for another licence, or plan without the source.",
            )


def _sign_of_people(source: DataSource) -> str | None:
    """The name or field that speaks of people."""
    fields = source.holds if isinstance(source.holds, list) else []
    sign = next((field for field in fields if _FIELD.fullmatch(field.strip())), None)
    if sign:
        return sign
    if {"age", "sex"} <= {field.casefold().strip() for field in fields}:
        return "age, sex"
    if _WRITTEN.fullmatch(source.name.strip()) and any(
        _WORDS_OF_IT.fullmatch(field.strip()) for field in fields
    ):
        return source.name
    return source.name if _OF_PEOPLE.search(source.name) else None


def _role(case: Case, source: DataSource) -> str | None:
    """A field for the one who owns, wrote or looks after it, where problem.who speaks of such people."""
    fields = source.holds if isinstance(source.holds, list) else []
    named = [field for field in fields if _ROLE.fullmatch(field.strip())]
    who = case.text("problem.who").casefold() if named else ""
    return next(
        (field for field in named if re.search(rf"\b{field.strip().casefold()}s\b", who)), None
    )


def _words_about(source: DataSource) -> str:
    """All that is said of a source, reasons for what does not apply included."""
    said = [source.name, *(source.holds if isinstance(source.holds, list) else ())]
    for text in (source.format, source.basis, source.bias, source.peculiarities):
        said += [text] if isinstance(text, str) else []
        said += [text.reason] if isinstance(text, NotApplicable) else []
    return " ".join(said)


DATA_RIGHTS = (
    personal_data_denied,
    basis_waved_off,
    licence_forbids_it,
)
