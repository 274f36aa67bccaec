"""Whom a card's certificate names, and which certificate signs in."""

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from datetime import date
from helpers.eidpki import Country
from helpers.eidpki import ELODIE
from helpers.eidpki import number
from helpers.eidpki import Person
from plonegov.certification.domain.eidcard import check_kind
from plonegov.certification.domain.eidcard import POLICIES
from plonegov.certification.domain.eidcard import read_identity
from plonegov.certification.domain.errors import SignInRefused

import pytest


COUNTRY = Country()
BORN = date(1985, 7, 30)


def reason(function, *arguments):
    with pytest.raises(SignInRefused) as caught:
        function(*arguments)
    return caught.value.context["reason"]


@pytest.mark.parametrize(
    ("person", "birth_date"),
    [
        (ELODIE, BORN),
        (Person("Joris", "Van den Broeck", number("040214", 997, True)), "2004-02-14"),
        (Person("Zoë", "D'Hooghe-Ñúñez", number("991231", 1)), "1999-12-31"),
        (Person("Ana", "BIS, sex known", number("854730", 33)), BORN),
        (Person("Ana", "BIS, sex unknown", number("852730", 33)), BORN),
        (Person("Ana", "BIS since 2000", number("044214", 12, True)), "2004-02-14"),
        (Person("Ana", "No month", number("850000", 12)), None),
        (Person("Ana", "No day", number("850700", 12)), None),
        (Person("Ana", "Nothing known", number("000001", 5)), None),
        (Person("Ana", "Nothing known", number("002001", 5)), None),
        (Person("Ana", "Nothing known, BIS", number("004001", 5)), None),
    ],
    ids=lambda value: getattr(value, "surname", None),
)
def test_a_certificate_names_somebody(person, birth_date):
    found = read_identity(COUNTRY.citizens.card(person).certificate)
    assert (found.first_name, found.last_name) == (person.given, person.surname)
    assert (found.national_number, found.country) == (person.number, "BE")
    born = found.birth_date and found.birth_date.isoformat()
    assert born == (birth_date and str(birth_date))
    assert (str(found.level), found.way) == ("high", "eid")


def test_names_are_composed_and_their_spaces_single():
    card = COUNTRY.citizens.card(
        Person("E\u0301lodie  Marie", " Lefe\u0300vre", ELODIE.number)
    )
    found = read_identity(card.certificate)
    assert found.full_name == "Élodie Marie Lefèvre"


@pytest.mark.parametrize(
    "person",
    [
        Person("Élodie", "Lefèvre", "85073003329"),
        Person("Élodie", "Lefèvre", "8507300332"),
        Person("Élodie", "Lefèvre", "BE"),
        Person("Élodie", " ", ELODIE.number),
        # Born since 2000: without the 2 before it the number is wrong.
        Person("Élodie", "Lefèvre", number("040214", 997)[:9] + "00"),
    ],
)
def test_a_certificate_that_names_nobody_is_refused(person):
    card = COUNTRY.citizens.card(person)
    assert reason(read_identity, card.certificate) == "card_subject"


def test_a_number_that_stands_there_twice_is_none():
    twice = x509.NameAttribute(x509.NameOID.SERIAL_NUMBER, ELODIE.number)
    named = ELODIE.subject("Authentication")

    class Doubled(Person):
        def subject(self, kind):
            return x509.Name([*named, twice])

    card = COUNTRY.citizens.card(Doubled("", "", ""))
    assert reason(read_identity, card.certificate) == "card_subject"


def test_policies_are_those_of_all_belgian_roots():
    assert "2.16.56.1.1.1.7.2" in POLICIES and "2.16.56.12.1.1.2.2" in POLICIES
    assert len(POLICIES) == 8


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_citizens_and_foreigners_sign_in(policy):
    card = COUNTRY.others.card(policy=policy)
    check_kind(card.certificate, POLICIES)


@pytest.mark.parametrize(
    "purpose", [None, *(ExtendedKeyUsageOID.CLIENT_AUTH,)], ids=["none", "client"]
)
def test_a_purpose_need_not_be_stated(purpose):
    card = COUNTRY.citizens.card(purpose=purpose)
    check_kind(card.certificate, POLICIES)


@pytest.mark.parametrize(
    ("card", "why"),
    [
        (COUNTRY.citizens.signature(), "card_signature"),
        (COUNTRY.citizens.card(usage="content_commitment"), "card_signature"),
        (COUNTRY.citizens.card(usage="key_agreement"), "card_signature"),
        (
            COUNTRY.citizens.card(usage="digital_signature content_commitment"),
            "card_signature",
        ),
        (COUNTRY.citizens.card(kind="Signature"), "card_kind"),
        (COUNTRY.citizens.card(kind="Authentication) (x"), "card_kind"),
        (COUNTRY.citizens.card(policy=""), "card_kind"),
        (COUNTRY.citizens.card(policy="2.16.56.12.1.1.2.1"), "card_kind"),
        (COUNTRY.citizens.card(policy="2.16.56.12.1.1.2.2.1"), "card_kind"),
        (COUNTRY.citizens.card(purpose=ExtendedKeyUsageOID.SERVER_AUTH), "card_kind"),
    ],
)
def test_other_certificates_sign_nobody_in(card, why):
    assert reason(check_kind, card.certificate, POLICIES) == why


def test_an_authority_signs_nobody_in():
    assert reason(check_kind, COUNTRY.citizens.certificate, POLICIES) in (
        "card_signature",
        "card_kind",
    )
