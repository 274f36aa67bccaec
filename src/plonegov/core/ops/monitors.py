"""Who may ask for what only monitors may know: a listed address, or who has the token."""

from ipaddress import ip_address
from ipaddress import ip_network
from plonegov.core.ops.files import is_exposed
from plonegov.core.ops.home import home

import hmac
import os


#: Addresses or networks, separated by spaces, that may ask without a token.
VARIABLE = "PLONEGOV_METRICS_ALLOW"
DEFAULT = "127.0.0.1 ::1"
#: File of the instance, mode 0600: the token of who asks from elsewhere.
BEARER_FILE = "metrics.token"
#: What a web server in front adds: then the address is its own, not the client's.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
REWRITTEN = "/VirtualHostBase/"


def is_listed(environ: dict) -> bool:
    """Tell whether a request comes straight from an address that may ask.

    Through a web server in front nobody may, since the address is that server's.

    :raises ValueError: the list holds something that is no address or network.
    """
    if any(environ.get(name) for name in FORWARDED):
        return False
    if REWRITTEN in environ.get("PATH_INFO", ""):
        return False
    stated = os.environ.get(VARIABLE, DEFAULT).replace(",", " ").split()
    allowed = [ip_network(each, strict=False) for each in stated]
    try:
        address = ip_address(environ.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in allowed)


def has_token(authorization: str | None) -> bool:
    """Tell whether an ``Authorization`` header bears the instance's token.

    A token file that others may read, or that is empty, counts as none.
    """
    path = home() / BEARER_FILE
    if not authorization or not path.is_file() or is_exposed(path.stat().st_mode):
        return False
    token = path.read_bytes().strip()
    kind, _, borne = authorization.partition(" ")
    same = hmac.compare_digest(borne.strip().encode(), token)
    return bool(token) and kind.lower() == "bearer" and same
