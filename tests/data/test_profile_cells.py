"""What a profile sees in cells: people, spellings, texts that were cut; and what only looks so."""

import numpy as np
import pytest
from tables_made import column

from kit.data.profile.personal import personal_in
from kit.data.profile.spelling import same_but_spelled
from kit.data.profile.texts import cut_at

PERSONAL = {
    "e-mail addresses": [
        "ann@example.org",
        "Ann.B+shop@Mail.Example.co.uk",
        "write to x_1@example.com, please",
        "<ann@example.org>",
        "mailto:ann@example.museum",
    ],
    "bank accounts (IBAN)": [
        "DE89370400440532013000",
        "GB82 WEST 1234 5698 7654 32",
        "paid from DE02120300000000202051.",
        "to GB82 WEST 1234 5698 7654 32 FROM MAY ON",
        "IBAN:NO9386011117947",
    ],
    "network addresses": [
        "192.168.0.1",
        "84.17.0.255",
        "2001:db8::1",
        "2001:0DB8:0000:0000:0000:ff00:0042:8329",
        "fe80::1ff:fe23:4567:890a%eth2",
        "fd12:3456:789a:1::1",
    ],
    "phone numbers": [
        "+49 30 1234567",
        "+1 (555) 123-4567",
        "+4930123456",
        "0049 30 1234567",
        "030 1234567",
        "(030) 123456",
        "0171/1234567",
        "(555) 123-4567",
        "555-123-4567",
    ],
}
OTHER = [
    "ann at example dot org",
    "3 @ 5.99",
    "user@localhost",
    "@ann",
    "0012345678",  # an order's number
    "2024-001234",
    "A-0412-77",
    "12-34",
    "1.2.3.4",  # a version
    "4.18.0.2",
    "120.0.6099.109",
    "10.0.19041",
    "300.1.1.1",
    "2024-03-01",
    "01:30",
    "52.5200, 13.4050",  # a place
    "-0.1276",
    "AB12CDEF3456GHIJ",  # a code that fails an account's check
    "4111-1111",
    "978-3-16-148410-0",  # a book
    "100-200",
    "DE02120300000000202052",  # its check digits are wrong
    "XX89370400440532013000",  # of no country
    "git@github.com:a/b.git",
    "ssh://git@example.org/a/b.git",
    "https://ann@example.org/a",
    "deploy@example.org:/srv/www",
    "icon@2x.png",
    "12:30:45",
    "2024:01:15",  # a day, as cameras write it
    "00:1b:44:11:3a:b7",  # a machine
    "cafe::menu",
    "123-456-7890",  # no area begins with 1
]
# Numbers that card makers give to those who test with them.
CARDS = [
    ("4111111111111111", "5500005555555559"),
    ("4111 1111 1111 1111", "5500-0055-5555-5559"),
    ("paid by 4111 1111 1111 1111", "now 5500005555555559, please"),
    ("378282246310005", "3714 496353 98431"),
    ("6011111111111117", "3530111333300000"),
    ("2223003122003222", "2720992593319364"),
]
NO_CARDS = [
    ("4111111111111112", "5500005555555558"),  # their check digits are wrong
    ("4111111111111111", "4111111111111112"),  # one in ten is right by chance
    ("4111111111111111", "4111111111111111"),  # so may a single one be
    ("1111111111111117", "9999999999999995"),  # of no issuer
    ("2720999999999996x", "x4111111111111111"),
    ("0.4111111111111111", "0.5500005555555559"),
    ("41111111111111111", "45500005555555559"),
]
THINGS = [
    "order",
    "Order No",
    "articleNumber",
    "part_no",
    "SKU",
    "version",
    "serial",
    "tracking id",
]


@pytest.mark.parametrize(
    ("kind", "cell"), [(kind, cell) for kind, cells in PERSONAL.items() for cell in cells]
)
def test_personal_data_is_told_by_its_form(kind, cell):
    assert personal_in(column("x", [cell, cell, None])) == (kind, 2)


@pytest.mark.parametrize("cell", OTHER)
def test_what_only_looks_like_personal_data_is_left_alone(cell):
    assert personal_in(column("x", [cell] * 5)) == (None, 0)


@pytest.mark.parametrize("cells", CARDS)
def test_card_numbers_are_told_by_their_check_digits(cells):
    found = personal_in(column("x", [*cells, "by letter", None]))
    assert found == ("payment card numbers", 2)


@pytest.mark.parametrize("cells", NO_CARDS)
def test_other_long_numbers_are_no_cards(cells):
    assert personal_in(column("x", [*cells, "by letter", None])) == (None, 0)


@pytest.mark.parametrize("name", THINGS)
@pytest.mark.parametrize(
    "cells", [CARDS[0], ("030-1234567", "0171-1234567"), ("10.2.14.1", "192.168.0.1")]
)
def test_numbers_of_things_are_not_those_of_people(name, cells):
    """Their form tells nothing where a column says what it counts; an e-mail address is one wherever it stands."""
    assert personal_in(column("x", cells))[1] == 2
    assert personal_in(column(name, cells)) == (None, 0)
    assert personal_in(column(name, ["ann@example.org", *cells])) == ("e-mail addresses", 1)


@pytest.mark.parametrize("name", ["order phone", "item_mobile", "OrderFax"])
def test_the_phone_of_an_order_is_that_of_somebody(name):
    assert personal_in(column(name, ["030-1234567", "0171-1234567"])) == ("phone numbers", 2)


def test_one_address_in_many_rows_is_enough_and_one_phone_number_is_not():
    words = [f"remark {at}" for at in range(1_000)]
    assert personal_in(column("x", [*words, "to ann@example.org"])) == ("e-mail addresses", 1)
    assert personal_in(column("x", [*words, "+49 30 1234567"])) == (None, 0)


def test_versions_are_no_network_addresses_although_some_begin_above_ten():
    assert personal_in(column("x", ["8.1.0.2", "9.2.1.0", "10.0.1.7", "11.2.0.1"])) == (None, 0)


@pytest.mark.parametrize(
    "name",
    [
        "e_mail",
        "E-Mail",
        "customerEmail",
        "first_name",
        "Last Name",
        "passport",
        "vorname",
        "customerName",
    ],
)
def test_personal_data_is_told_by_its_name_where_values_are_many(name):
    words = [f"value {at}" for at in range(60)] * 10
    assert personal_in(column(name, words)) == ("personal data, by its name", 0)


def test_date_of_birth_and_long_numbers_are_told_by_their_names():
    day = np.array(["1990-01-01", "1991-02-02"], "datetime64[s]")
    for name, values in (("date_of_birth", day), ("phone", [4930123456.0, 4930123457.0])):
        assert personal_in(column(name, values)) == ("personal data, by its name", 0)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("name", ["a", "b"]),
        ("product_name", [f"p{at}" for at in range(60)]),
        ("PhoneService", [True, False] * 50),
        ("email_opened", ["never", "once", "often"] * 50),
        ("phone_calls", np.arange(100.0)),
        ("mobile_since", np.array(["2020-01-01", "2021-01-01"], "datetime64[s]")),
        ("email", [None, None]),
        ("addressee_count", np.arange(3.0)),
        ("birthplace_rank", np.arange(3.0)),
        ("memory_address", [f"x{at}" for at in range(60)]),
    ],
)
def test_names_that_only_mention_what_is_personal_are_left_alone(name, values):
    assert personal_in(column(name, values)) == (None, 0)


SAME = [
    ("Berlin", "berlin", "BERLIN"),
    ("New York", "new-york", "NewYork"),
    ("Orléans", "Orleans"),
    ("U.S.", "US"),
    ("Straße", "STRASSE"),
    ("ﬁne", "fine"),
]
DIFFERENT = [
    ("5-9", "59"),
    ("1.0", "10"),
    ("+1", "-1"),
    ("<5", ">5", "5"),
    ("Bonn", "Born"),
    ("a b", "a c"),
    ("+", "-"),
    ("東京", "京都"),
    ("m", "M"),
    ("A+", "A-"),
    ("Côte", "Cote"),  # as often as each other: two words
    ("péché", "pêche"),
]


@pytest.mark.parametrize("words", SAME)
def test_spellings_of_one_value_are_one_group(words):
    cells = [words[0]] * 20 + [*words, "other"] * 2
    assert same_but_spelled(column("x", cells)) == (tuple(sorted(words)),)


@pytest.mark.parametrize("words", DIFFERENT)
def test_words_that_mean_something_else_are_no_spellings(words):
    assert same_but_spelled(column("x", [*words, "other"] * 20)) == ()


@pytest.mark.parametrize(
    ("cells", "groups"),
    [
        (["pêche"] * 3 + ["péché"], ()),  # none of them is written without
        (["pêche"] * 3 + ["péché"] + ["peche"], ()),  # and which of the two is this?
        (["pêche"] * 3 + ["Pêche", "péché"], (("Pêche", "pêche"),)),
        (["pêche"] * 3 + ["peche"], (("peche", "pêche"),)),
        (["peche"] * 3 + ["PÊCHE"], (("PÊCHE", "peche"),)),
    ],
)
def test_accents_are_slips_where_the_word_stands_without_them_too(cells, groups):
    assert same_but_spelled(column("x", [*cells, "other"])) == groups


def test_letters_beside_signs_that_mean_something_are_no_spellings():
    assert same_but_spelled(column("x", ["C", "C++", "C#", "F#", "F"] * 5)) == ()


def texts(lengths, seed=0):
    """Texts of these lengths, no two alike."""
    rng = np.random.default_rng(seed)
    letters = np.array([*"abcdefghijklmnopqrstuvwxyz"])
    return ["".join(rng.choice(letters, length)) for length in lengths]


def test_cut_texts_are_counted():
    rng = np.random.default_rng(2)
    lengths = np.minimum(rng.poisson(30, 400), 32)
    assert cut_at(column("x", texts(lengths))) == (np.sum(lengths >= 31), 32)


@pytest.mark.parametrize("longest", [12, 40, 255, 4_000])
def test_texts_are_found_cut_at_any_length(longest):
    rng = np.random.default_rng(longest)
    lengths = np.minimum(rng.integers(4, 2 * longest, 300), longest)
    _, found = cut_at(column("x", texts(lengths)))
    assert found == longest


def test_texts_of_free_length_of_one_length_or_few_are_not_cut():
    rng = np.random.default_rng(4)
    free = rng.poisson(40, 2_000).clip(min=1)
    for lengths in (
        free,
        [12] * 500,
        [7, 8] * 50,
        np.arange(1, 60),
        [5] * 3,
        rng.integers(1, 9, 400),
    ):
        assert cut_at(column("x", texts(lengths))) == (0, None)


@pytest.mark.parametrize("longest", [12, 32])
def test_keys_of_one_length_are_not_cut(longest):
    """Most sessions are of one length, and some were counted otherwise."""
    rng = np.random.default_rng(longest)
    keys = ["".join(rng.choice([*"0123456789abcdef"], longest)) for _ in range(300)]
    others = texts(range(2, 12))
    assert cut_at(column("x", keys + others)) == (0, None)
    words = [f"{key[:3]} {key[3:]}" for key in keys]
    assert cut_at(column("x", words + others)) == (300, longest + 1)
