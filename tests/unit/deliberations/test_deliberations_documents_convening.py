"""The proof of how a member was called: rows that are only ever added or completed."""

from plonegov.deliberations.domain.convening import About
from plonegov.deliberations.domain.convening import last_calls
from plonegov.deliberations.domain.convening import new_row
from plonegov.deliberations.domain.convening import Reached
from plonegov.deliberations.domain.convening import reached
from plonegov.deliberations.domain.convening import settled
from plonegov.deliberations.domain.convening import to_send

import pytest


ASKED, LATER = "2026-11-10T10:00:00+00:00", "2026-11-10T10:00:07+00:00"


def row(member="m1", email="a@example.org", about=About.CALL, **more):
    return {**new_row(about, member, member.upper(), email, ASKED), **more}


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (row(), Reached.WAITS),
        (row(mail="k"), Reached.WAITS),
        (row(email=""), Reached.PAPER),
        (row(mail="k", settled=LATER), Reached.DELIVERED),
        (row(mail="k", settled=LATER, kept=True), Reached.KEPT),
        (row(mail="k", settled=LATER, refused="550"), Reached.FAILED),
        (row(email="", handed=LATER, how="porteur"), Reached.HANDED),
    ],
)
def test_a_row_says_how_far_it_is(given, state):
    assert reached(given) is state


def test_the_last_try_counts_and_the_order_is_that_of_the_first_call():
    rows = [row("m1", refused="550"), row("m2"), row("m1", email="b@example.org")]
    assert [(each["member"], each["email"]) for each in last_calls(rows)] == [
        ("m1", "b@example.org"),
        ("m2", "a@example.org"),
    ]


@pytest.mark.parametrize("about", [About.RECALL, About.CANCEL])
def test_what_was_called_back_counts_no_more(about):
    rows = [row("m1"), row("m1", about=about), row("m2", about=about)]
    assert last_calls(rows) == []
    assert last_calls([*rows, row("m1")]) == [row("m1")]


def test_only_calls_without_a_mail_are_to_be_sent():
    rows = [
        row(),
        row(mail="k"),
        row(email=""),
        row(about=About.RECALL),
        row("m2"),
    ]
    assert to_send(rows) == [0, 4]


def test_what_became_of_a_mail_stands_on_its_row_only():
    rows = [row(mail="k1"), row("m2", mail="k2")]
    first, second = settled(rows, "k2", LATER, "550", False)
    assert first == rows[0]
    assert (second["settled"], second["refused"], second["kept"]) == (
        LATER,
        "550",
        False,
    )
    assert settled(rows, "k3", LATER, "", True) == tuple(rows)
