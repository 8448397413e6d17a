"""The numbers of three worked cases as a reader of their PDFs finds them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from pdf_tags import tags_of

EXAMPLES = Path(__file__).parents[1] / "examples"
CASES = ("fraud-detection", "churn-feed", "contract-deadlines")

SAID = {
    "fraud-detection": [
        "The targets (98% precision, 92% recall) leave room to flag about 19 in a million other cases",
        "a nearly perfect ranking: a false-positive rate near 0.0019%",
        "A model that never flags is right in 99.9% of cases",
        "123 flags a day, of which people act on 98%, that is 121, stand against a capacity of 164: they fit.",
        "Target 98% 92% 123 0.00188% 0.999953 100%",
        "Break-even precision 27%",
        "56% of the answer, by how far each input moves it, rests on guesses",
        "Test these two assumptions first: benefit and volume",
        "A gap of 2 points in recall, 92% against 90%",
        "3,213",
        "How this is worked out",
    ],
    "churn-feed": [
        "The experiment cannot end by the date: it takes 144 days, and 106 are there.",
        "To see monthly churn fall from 5% to 4.5% takes 28,408 per arm (one subscriber each)",
        "a change of 12.2% relative, or of 15.5% relative with all that is counted below",
        "Two-proportion z test, pooled under the null",
    ],
    "contract-deadlines": [
        "60,000 USD (too dear)",
        "2,000 USD",
        "15,000 USD",
        "In money, these cannot be told apart: fine-tuned model, hybrid.",
        "Unless that chance is worth the work, the simplest of them is to be preferred.",
    ],
}
DRAWN = {
    "fraud-detection": [
        "Icon array of 1,000 cases",
        "Contour chart of the net value, USD a year",
        "Tornado chart, USD a year, around 4.21 million",
        "Chart of ranges, USD a year",
        "Line chart of enrolment",
    ],
    "churn-feed": [
        "Tornado chart, USD a year",
        "Chart of ranges, USD a year",
        "Line chart of enrolment",
    ],
    "contract-deadlines": [
        "Tornado chart, USD a year",
        "Chart of ranges, USD a year",
        "Line chart of enrolment",
    ],
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The PDFs of the three cases, made by the command in a folder of their own."""
    folder = tmp_path_factory.mktemp("cases")
    for name in CASES:
        shutil.copytree(EXAMPLES / name, folder / name)
    command = [sys.executable, "-m", "kit", "export", *CASES, "--out", "made"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    made = {path.stem: pypdf.PdfReader(path) for path in (folder / "made").glob("*.pdf")}
    assert made.keys() == {*CASES}
    return made


def plain(text):
    """Text in which every run of spaces and line breaks is one space."""
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def texts(exported):
    """What each PDF says, all pages in one line."""
    return {
        name: plain(" ".join(page.extract_text() for page in reader.pages))
        for name, reader in exported.items()
    }


def alts_of(reader):
    """The text alternatives of the figures in the structure tree, in their order."""
    return [plain(str(node["/Alt"])) for tag, node in tags_of(reader) if tag == "/Figure"]


@pytest.mark.parametrize(("name", "said"), [(name, said) for name in CASES for said in SAID[name]])
def test_pdf_of_a_case_says_what_its_numbers_amount_to(texts, name, said):
    assert said in texts[name]


@pytest.mark.parametrize("name", CASES)
def test_pdf_of_a_case_tells_its_pictures_in_words(exported, name):
    alts = alts_of(exported[name])
    assert len(alts) == len(DRAWN[name])
    for alt, start in zip(alts, DRAWN[name], strict=True):
        assert alt.startswith(start)
        assert len(re.findall(r"\d[\d,.]*", alt)) >= 4


def test_pdf_of_churn_draws_the_deadline_that_is_missed(exported):
    enrolment = alts_of(exported["churn-feed"])[-1]
    assert "56,816" in enrolment  # twice 28,408
    assert "The deadline is day 106." in enrolment


@pytest.mark.parametrize("name", CASES)
def test_pdf_of_a_case_has_its_numbers_in_order_within_its_pages(exported, texts, name):
    reader = exported[name]
    assert 6 <= len(reader.pages) <= 16
    titles = [one.title for one in _flat(reader.outline)]
    expected = [
        "Do the numbers add up?",
        "What is it worth?",
        "Can we know by the date?",
        "What caps it?",
    ]
    assert [title for title in titles if title in expected] == expected
    assert not re.search(r"\b(nan|inf)\b", texts[name])


def _flat(outline):
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one
