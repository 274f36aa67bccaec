"""Speaking HTTP with an identity provider: no redirection is followed, nothing awaited
long or read without a limit."""

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.jwk import RSAKey
from plonegov.certification.domain.errors import SettingsWrong
from plonegov.certification.domain.openid import AnswerWrong
from plonegov.certification.domain.providers import Provider
from requests import RequestException
from requests import Response
from typing import Any
from urllib3.exceptions import HTTPError

import json
import time


#: Seconds to connect, and between two bytes.
TIMEOUT = (3.05, 5)
#: Seconds and bytes of one answer.
SECONDS = 8
LARGEST = 256 * 1024
CHUNK = 16 * 1024
#: Seconds for which the client's own signature counts.
ASSERTION = 120


class Unreachable(Exception):
    """The provider does not answer as one that is well; nothing was decided."""


class Session(OAuth2Session):
    """Authlib's client with limits."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """Send a request; return the whole answer.

        :raises Unreachable: there is none, it is too large or takes too long.
        """
        limits = {"allow_redirects": False, "stream": True, "timeout": TIMEOUT}
        until = time.monotonic() + SECONDS
        try:
            answer = super().request(method, url, *args, **{**kwargs, **limits})
            with answer:
                answer._content = _read(answer, until)
        except (RequestException, HTTPError) as error:
            raise Unreachable(type(error).__name__) from error
        return answer

    def fetched(self, url: str, auth: Any = None) -> Response:
        """Return what an address answers with 200.

        :param auth: ``nobody``, where no token is shown.
        :raises Unreachable: see ``request``; or it answers with something else.
        """
        answer = self.request("GET", url, auth=auth)
        if answer.status_code != 200:
            raise Unreachable(f"HTTP {answer.status_code}")
        return answer


def nobody(request: Any) -> Any:
    """Leave a request as it is: the machine's ``.netrc`` counts for nothing."""
    return request


def session(provider: Provider, redirect_uri: str) -> Session:
    """Return a client that can prove to a provider that it is the town's; use it in a
    ``with``.

    :raises SettingsWrong: the client's key can't be used.
    """
    made = Session(
        client_id=provider.client_id,
        client_secret=provider.secret,
        token_endpoint_auth_method=provider.authentication,
        redirect_uri=redirect_uri,
        leeway=0,
    )
    if provider.authentication == PrivateKeyJWT.name:
        made.client_secret, algorithm = client_key(provider)
        made.register_client_auth_method(_proof(provider, algorithm))
    return made


def client_key(provider: Provider) -> tuple[RSAKey | ECKey, str]:
    """Return the town's private key and the algorithm that it signs with.

    :raises SettingsWrong: the file holds none.
    """
    for kind, algorithm in ((RSAKey, "RS256"), (ECKey, "ES256")):
        try:
            key = kind.import_key(provider.secret)
        except (JoseError, ValueError, TypeError):
            continue
        if key.is_private and (kind is RSAKey or key.curve_name == "P-256"):
            return key, algorithm
    raise SettingsWrong(
        file="openid.toml",
        key="client_key",
        found="another file",
        allowed="a private key of RSA or P-256 (PEM)",
    )


def decoded(answer: Response) -> dict[str, Any]:
    """Return the JSON object of an answer.

    :raises AnswerWrong: it holds none.
    """
    try:
        found = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise AnswerWrong("no JSON") from error
    if not isinstance(found, dict):
        raise AnswerWrong("no JSON object")
    return found


def _proof(provider: Provider, algorithm: str) -> PrivateKeyJWT:
    header = {"kid": provider.key_id} if provider.key_id else {}
    ends = {"exp": int(time.time()) + ASSERTION}
    return PrivateKeyJWT(claims=ends, headers=header, alg=algorithm)


def _read(answer: Response, until: float) -> bytes:
    """Return the body, looking at the clock whenever some of it has come."""
    content = b""
    while chunk := answer.raw.read1(CHUNK, decode_content=True):
        content += chunk
        if len(content) > LARGEST:
            raise Unreachable("too large")
        if time.monotonic() > until:
            raise Unreachable("too slow")
    return content
