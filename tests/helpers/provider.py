"""An identity provider over HTTP that a test makes say what it wants: true or not.

Like the federal one it has no discovery document unless asked for, and its userinfo is a
signed JWT.
"""

from base64 import b64decode
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from joserfc import jwt
from joserfc.jwk import RSAKey
from joserfc.util import urlsafe_b64encode
from threading import Event
from threading import Thread
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import quote_plus
from urllib.parse import urlencode
from urllib.parse import urlsplit

import json
import secrets
import time


CLIENT = "exempleville"
SECRET = "a secret: of the town"
LEVEL_HIGH = "urn:be:fedict:iam:fas:Level500"
LEVEL = "urn:be:fedict:iam:fas:Level450"
#: Nobody has this number: the day's counters end below it.
PERSON = {
    "sub": "fedid-canary-1",
    "givenName": "Élodie Marie",
    "surname": "Lefèvre",
    "egovNRN": "85073099734",
    "mail": "elodie@exempleville.example",
}


def half_hash(text: str) -> str:
    """Return ``at_hash`` or ``c_hash`` of a text (OpenID Connect Core, 3.1.3.6)."""
    return urlsafe_b64encode(sha256(text.encode()).digest()[:16]).decode()


@dataclass
class Stub:
    """What the provider says: ``id_claims`` and ``info_claims`` are changed in its
    tokens (None takes one away), ``answer`` in what the browser brings back."""

    key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True)
    )
    keys: list[dict] | None = None
    person: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    id_claims: dict[str, Any] = field(default_factory=dict)
    info_claims: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict, RSAKey], str] | None = None
    discovery: dict[str, Any] | None = None
    token_answer: tuple[int, str] | None = None
    token_changes: dict[str, Any] = field(default_factory=dict)
    info_answer: str | None = None
    hang: Event | None = None
    seconds_a_byte: float = 0
    calls: list[str] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)
    token_request: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    port: int = 0

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}/fas/oauth2"

    def signed(self, claims: dict[str, Any], changes: dict[str, Any]) -> str:
        claims = {k: v for k, v in {**claims, **changes}.items() if v is not None}
        if self.sign is not None:
            return self.sign(claims, self.key)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def jwks(self) -> dict:
        public = self.key.as_dict(private=False, use="sig", alg="RS256")
        return {"keys": [public] if self.keys is None else self.keys}

    def authorize(self, given: dict[str, str]) -> str:
        """Return where the browser goes: back, at once and with a code."""
        self.asked = given
        code = secrets.token_urlsafe(16)
        self.codes[code] = given
        back = {"code": code, "state": given["state"], **self.answer}
        query = urlencode({k: v for k, v in back.items() if v is not None})
        return f"{given['redirect_uri']}?{query}"

    def tokens(self, sent: dict[str, str]) -> tuple[int, dict]:
        """Exchange a code, once, for who proves to have asked for it."""
        self.token_request = sent
        asked = self.codes.pop(sent["code"], None)
        proof = urlsafe_b64encode(sha256(sent["code_verifier"].encode()).digest())
        if asked is None or asked["code_challenge"] != proof.decode():
            return 400, {"error": "invalid_grant", "error_description": "canary"}
        if asked["redirect_uri"] != sent["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        access, moment = secrets.token_urlsafe(16), int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.person["sub"],
            "aud": CLIENT,
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            "acr": LEVEL,
            "at_hash": half_hash(access),
        }
        return 200, {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": self.signed(claims, self.id_claims),
            **self.token_changes,
        }

    def userinfo(self) -> str:
        if self.info_answer is not None:
            return self.info_answer
        claims = {**self.person, "iss": self.issuer, "aud": CLIENT}
        return self.signed(claims, self.info_claims)


class Handler(BaseHTTPRequestHandler):
    """The stub's addresses; ``stub`` is set by ``provider``."""

    stub: Stub

    def do_GET(self) -> None:
        parts, stub = urlsplit(self.path), self.stub
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        stub.calls.append(parts.path.rpartition("/")[2])
        if parts.path.endswith("/authorize"):
            self._send(302, b"", Location=stub.authorize(given))
        elif parts.path.endswith("/jwk_uri"):
            self._json(200, stub.jwks())
        elif parts.path.endswith("/openid-configuration") and stub.discovery:
            self._json(200, stub.discovery)
        elif parts.path.endswith("/userinfo"):
            self._send(
                200, stub.userinfo().encode(), **{"Content-Type": "application/jwt"}
            )
        else:
            self._send(404, b"")

    def do_POST(self) -> None:
        stub = self.stub
        stub.calls.append("access_token")
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        if stub.hang is not None:
            stub.hang.wait(60)
        if stub.token_answer is not None:
            status, body = stub.token_answer
            return self._send(status, body.encode())
        self._json(*(stub.tokens(sent) if self._is_client(sent) else (401, WRONG)))

    def _is_client(self, sent: dict[str, str]) -> bool:
        if "client_assertion" in sent or "client_secret" in sent:
            return True  # looked at by the test
        kind, _, pair = self.headers.get("Authorization", "").partition(" ")
        wanted = {f"{CLIENT}:{SECRET}", f"{CLIENT}:{quote_plus(SECRET)}"}
        return kind == "Basic" and b64decode(pair).decode() in wanted

    def _json(self, status: int, content: dict) -> None:
        kind = {"Content-Type": "application/json"}
        self._send(status, json.dumps(content).encode(), **kind)

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        for byte in body if self.stub.seconds_a_byte else ():
            self.wfile.write(bytes([byte]))
            time.sleep(self.stub.seconds_a_byte)
        self.wfile.write(b"" if self.stub.seconds_a_byte else body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


WRONG = {"error": "invalid_client"}


@contextmanager
def provider(**said: Any) -> Iterator[Stub]:
    """Serve a provider on this machine."""
    stub = Stub(**said)
    server = ThreadingHTTPServer(
        ("localhost", 0), type("Mine", (Handler,), {"stub": stub})
    )
    server.daemon_threads = True
    stub.port = server.server_address[1]
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield stub
    finally:
        if stub.hang is not None:
            stub.hang.set()
        server.shutdown()
        server.server_close()


def settings(stub: Stub, **more: Any) -> str:
    """Return the town's file for a stub; ``more`` are lines of its own."""
    own = {
        "preset": "fas",
        "issuer": stub.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        **more,
    }
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in own.items())
