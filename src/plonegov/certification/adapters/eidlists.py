"""The lists of revoked certificates that a town keeps, and how they are fetched.

``$PLONEGOV_HOME/crl/<municipality>/<SHA-256 of the authority's certificate>.crl`` is
the last list of an authority that was found right. Only the job fetches; who signs in
waits for no other machine.
"""

from collections.abc import Iterable
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from datetime import datetime
from pathlib import Path
from plonegov.certification import logger
from plonegov.certification.adapters.eidsettings import EidSettings
from plonegov.certification.domain.revocation import is_current
from plonegov.certification.domain.revocation import is_issued_by
from plonegov.certification.domain.revocation import points_of
from plonegov.certification.domain.revocation import read_list
from plonegov.core.ops.files import town_folder
from plonegov.core.ops.files import write_private
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import build_opener
from urllib.request import HTTPRedirectHandler

import http.client
import time


FOLDER = "crl"
#: Bytes of the longest list that is taken.
MOST = 64 << 20
#: Seconds without an answer, and until a list must be there.
PATIENCE = 20
DEADLINE = 120
PORTION = 1 << 16


class ListUnusable(Exception):
    """What came is no list that can be kept; the argument says why."""


class _NoRedirects(HTTPRedirectHandler):
    """A list is fetched from where the authority says, and nowhere else."""

    def redirect_request(self, *args, **kwargs) -> None:
        return None


def path_of(municipality_id: str, authority: x509.Certificate) -> Path:
    """Return where the list of an authority is kept."""
    name = authority.fingerprint(SHA256()).hex()
    return town_folder(FOLDER, municipality_id) / f"{name}.crl"


def kept(
    municipality_id: str, authority: x509.Certificate
) -> x509.CertificateRevocationList | None:
    """Return the list that is kept of an authority; None where none can be read."""
    try:
        data = path_of(municipality_id, authority).read_bytes()
    except FileNotFoundError:
        return None
    return read_list(data)


def addresses(settings: EidSettings) -> list[str]:
    """Return whence lists are fetched: what the settings and the certificates name."""
    named = [url for one in settings.issuers for url in points_of(one)]
    web = [url for url in named if urlsplit(url).scheme in ("http", "https")]
    return list(dict.fromkeys([*settings.crls, *web]))


def fetch_all(municipality_id: str, settings: EidSettings, now: datetime) -> list[str]:
    """Fetch all lists and keep those that are right; return the addresses that failed.

    A list that can't be fetched or is wrong leaves the kept one as it is.
    """
    failed = []
    for url in addresses(settings):
        try:
            keep(municipality_id, settings.authorities, fetch(url), now)
        except (ListUnusable, OSError, http.client.HTTPException) as error:
            logger.warning("The list of revoked certificates %s: %s", url, error)
            failed.append(url)
    return failed


def fetch(url: str) -> bytes:
    """Return what an address answers.

    :raises OSError: it does not answer, not in time, or says that it failed.
    :raises ListUnusable: it answers too much.
    """
    ends = time.monotonic() + DEADLINE
    data = bytearray()
    opener = build_opener(_NoRedirects)
    with opener.open(url, timeout=PATIENCE) as answer:
        while portion := answer.read1(PORTION):
            data += portion
            if len(data) > MOST:
                raise ListUnusable(f"more than {MOST} bytes")
            if time.monotonic() > ends:
                raise URLError(f"not done after {DEADLINE} seconds")
    return bytes(data)


def keep(
    municipality_id: str,
    authorities: Iterable[x509.Certificate],
    data: bytes,
    now: datetime,
) -> None:
    """Keep a list in place of the former one of the same authority.

    :raises ListUnusable: it is no list, none of these authorities signed it, it does
        not count now, or it is older than the kept one.
    """
    found = read_list(data)
    if found is None:
        raise ListUnusable("it is no list of revoked certificates")
    issuers = [one for one in authorities if is_issued_by(found, one)]
    if not issuers:
        raise ListUnusable("none of the town's authorities signed it")
    if not is_current(found, now):
        raise ListUnusable("it does not count now")
    for issuer in issuers:
        former = kept(municipality_id, issuer)
        if former is not None and former.last_update_utc > found.last_update_utc:
            raise ListUnusable("it is older than the one that is kept")
        write_private(
            path_of(municipality_id, issuer), found.public_bytes(Encoding.DER)
        )
