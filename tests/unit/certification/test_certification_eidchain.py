"""A card counts when its path, its dates and the lists of revoked ones are right."""

from asn1crypto.crl import CertificateList
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from datetime import timedelta
from helpers.eidpki import Authority
from helpers.eidpki import Card
from helpers.eidpki import Country
from helpers.eidpki import ELODIE
from helpers.eidpki import NOW
from helpers.eidpki import write_settings
from plonegov.certification.adapters import eidcards
from plonegov.certification.adapters import eidlists
from plonegov.certification.adapters.eidcards import identify
from plonegov.certification.adapters.eidsettings import load_eid
from plonegov.certification.domain.errors import SignInAway
from plonegov.certification.domain.errors import SignInRefused
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

import asyncio
import pytest


TOWN = "exempleville"
DAY = timedelta(days=1)
COUNTRY = Country()
CITIZENS = COUNTRY.citizens
CARD = CITIZENS.card()
#: Somebody else's root and authority that bear the same names.
STRANGERS = Country()
#: An authority that the root issued and that the town does not have.
UNKNOWN = Authority("Citizen CA 2", COUNTRY.root)
#: One below an authority that may have none below it.
BELOW = Authority("Citizen CA 3", CITIZENS)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return an instance folder with settings, and the two lists that count."""
    monkeypatch.setenv("PLONEGOV_HOME", str(tmp_path))
    write_settings(tmp_path, TOWN, [*COUNTRY.authorities, BELOW])
    keep(COUNTRY.root, COUNTRY.root.crl())
    keep(CITIZENS, CITIZENS.crl())
    return tmp_path


def keep(authority, data):
    eidlists.path_of(TOWN, authority.certificate).write_bytes(data)


def outcome(card, now=NOW):
    """Return what comes of a card: a name, or why not."""
    try:
        settings = load_eid(TOWN)
        return identify(card.certificate, settings, TOWN, now).full_name
    except SignInRefused as error:
        return error.context["reason"]
    except SignInAway as error:
        return error.context["why"]


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (CARD, ELODIE.full_name),
        (CITIZENS.signature(), "card_signature"),
        (CITIZENS.card(policy="2.16.56.12.1.1.2.1"), "card_kind"),
        (STRANGERS.citizens.card(), "card_authority"),
        (UNKNOWN.card(), "card_authority"),
        (BELOW.card(), "card_authority"),
        (CITIZENS.card(begins=NOW - 9 * DAY, ends=NOW - DAY), "card_expired"),
        (CITIZENS.card(begins=NOW + DAY), "card_early"),
        (COUNTRY.others.card(), "missing"),
    ],
    ids=[
        *("good", "signature", "policy", "strangers", "unknown", "too_deep"),
        *("expired", "early", "without_list"),
    ],
)
def test_what_comes_of_a_card(home, card, expected):
    assert outcome(card) == expected


@pytest.mark.parametrize(
    ("authority", "data", "expected"),
    [
        (CITIZENS, CITIZENS.crl(CARD), "card_revoked"),
        (CITIZENS, CITIZENS.crl(CARD.certificate.serial_number + 1), ELODIE.full_name),
        (COUNTRY.root, COUNTRY.root.crl(CITIZENS.serial), "card_revoked"),
        (CITIZENS, None, "missing"),
        (COUNTRY.root, None, "missing"),
        (CITIZENS, b"", "missing"),
        (CITIZENS, b"-----BEGIN X509 CRL-----", "missing"),
        (CITIZENS, CITIZENS.crl()[:-1], "missing"),
        (CITIZENS, CITIZENS.crl(key=STRANGERS.citizens.key), "foreign"),
        (CITIZENS, COUNTRY.root.crl(), "foreign"),
        (CITIZENS, STRANGERS.citizens.crl(), "foreign"),
        (CITIZENS, CITIZENS.crl(since=NOW - 2 * DAY, until=NOW), "stale"),
        (CITIZENS, CITIZENS.crl(since=NOW + DAY), "stale"),
        (COUNTRY.root, COUNTRY.root.crl(since=NOW - 90 * DAY), "stale"),
        (CITIZENS, CITIZENS.crl(scope="delta"), "partial"),
        (CITIZENS, CITIZENS.crl(scope="indirect"), "partial"),
        (CITIZENS, CITIZENS.crl(scope="authorities"), "partial"),
        (CITIZENS, CITIZENS.crl(scope="elsewhere"), "partial"),
        (CITIZENS, CITIZENS.crl(scope="users"), ELODIE.full_name),
        (CITIZENS, CITIZENS.crl(CARD, scope="users"), "card_revoked"),
        (COUNTRY.root, COUNTRY.root.crl(scope="users"), "partial"),
    ],
)
def test_a_card_counts_only_with_lists_that_count(home, authority, data, expected):
    path = eidlists.path_of(TOWN, authority.certificate)
    path.unlink() if data is None else path.write_bytes(data)
    assert outcome(CARD) == expected
    # Never more is accepted than by the library, which reads the lists in Python.
    assert expected != ELODIE.full_name or library_accepts()


def library_accepts():
    """Say whether pyhanko-certvalidator accepts the card with the lists, too."""
    settings = load_eid(TOWN)
    folder = eidlists.path_of(TOWN, CITIZENS.certificate).parent
    lists = [file.read_bytes() for file in folder.iterdir()]
    context = ValidationContext(
        trust_roots=[eidcards._plain(one) for one in settings.roots],
        other_certs=[eidcards._plain(one) for one in settings.issuers],
        crls=[one for one in lists if readable(one)],
        revocation_mode="require",
        moment=NOW,
    )
    validator = CertificateValidator(
        eidcards._plain(CARD.certificate), validation_context=context
    )
    try:
        asyncio.run(validator.async_validate_usage({"digital_signature"}))
    except ValidationError:
        return False
    return True


def readable(data):
    try:
        return CertificateList.load(data, strict=True).dump() == data
    except ValueError:
        return False


def test_the_library_accepts_what_we_accept(home):
    assert library_accepts()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOW - timedelta(hours=1), ELODIE.full_name),
        (NOW - timedelta(hours=1, minutes=4), ELODIE.full_name),
        (NOW - timedelta(hours=1, minutes=6), "stale"),
        (NOW + timedelta(hours=22, minutes=59), ELODIE.full_name),
        (NOW + timedelta(hours=23), "stale"),
        (NOW + timedelta(days=370), "card_expired"),
    ],
)
def test_the_towns_clock_decides(home, now, expected):
    assert outcome(CARD, now) == expected


def loaded(data):
    return Card(x509.load_der_x509_certificate(bytes(data)), CARD.key)


def test_a_certificate_that_was_changed_leads_nowhere(home):
    data = bytearray(CARD.certificate.public_bytes(Encoding.DER))
    at = bytes(data).index(b"Marie")
    data[at : at + 5] = b"Maria"
    assert outcome(loaded(data)) == "card_authority"


def test_an_issuer_whose_name_is_no_text_leads_nowhere(home):
    data = CARD.certificate.public_bytes(Encoding.DER)
    assert (
        outcome(loaded(data.replace(b"Citizen CA", b"\xff" * 10))) == "card_authority"
    )


def test_the_lists_of_two_authorities_with_one_name_stand_apart(home):
    keep(STRANGERS.citizens, STRANGERS.citizens.crl(CARD))
    assert outcome(CARD) == ELODIE.full_name
