"""Requests that a served site answers in this thread: no socket, many in a second."""

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from base64 import b64encode
from dataclasses import dataclass
from helpers.people import PASSWORD
from io import BytesIO
from plone.app.testing import login
from plone.app.testing import logout
from plone.protect.authenticator import createToken
from plone.testing._z2_testbrowser import saveState
from requests import Request
from wsgiref.util import setup_testing_defaults
from zope.globalrequest import getRequest
from zope.globalrequest import setRequest
from ZPublisher.httpexceptions import HTTPExceptionHandler
from ZPublisher.WSGIPublisher import publish_module

import json
import transaction


@dataclass(frozen=True)
class Answer:
    """What was answered; ``wrote``: the request left something in the database."""

    status: int
    headers: dict[str, str]
    content: bytes
    wrote: bool

    @property
    def json(self):
        return json.loads(self.content)

    @property
    def refused(self) -> bool:
        """Whether this is nobody's business, or one is to sign in first."""
        sent_to = self.headers.get("Location", "")
        return self.status in (401, 403) or "/require_login" in sent_to


class InProcess:
    """Sends requests to a site as whoever is named."""

    def __init__(self, portal) -> None:
        self.portal = portal
        self.app = HTTPExceptionHandler(publish_module)

    def rest(self, person: str, method: str, path: str, body=None) -> Answer:
        """Call REST with a JSON body."""
        data = b"" if body is None else json.dumps(body).encode()
        kinds = {"HTTP_ACCEPT": "application/json", "CONTENT_TYPE": "application/json"}
        return self.send(person, method, path, data, **kinds)

    def post(self, person: str, path: str, fields, files=None) -> Answer:
        """Post a form with the authenticator of whoever sends it."""
        data = dict(fields) | {"_authenticator": self._token(person)}
        sent = Request("POST", "http://localhost/", data=data, files=files).prepare()
        body = sent.body if isinstance(sent.body, bytes) else sent.body.encode()
        kind = sent.headers["Content-Type"]
        return self.send(person, "POST", path, body, CONTENT_TYPE=kind)

    def get(self, person: str, path: str, accept: str = "text/html") -> Answer:
        """Open a page."""
        return self.send(person, "GET", path, b"", HTTP_ACCEPT=accept)

    def _token(self, person: str) -> str:
        before = getSecurityManager()
        try:
            logout() if person == "anonymous" else login(self.portal, person)
            return createToken()
        finally:
            setSecurityManager(before)

    @saveState
    def send(self, person: str, method: str, path: str, data: bytes, **more) -> Answer:
        """Send a request; what this thread did before is committed."""
        transaction.commit()
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SERVER_NAME": "localhost",
            "PATH_INFO": f"/{self.portal.getId()}/{path}",
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(data)),
            "wsgi.input": BytesIO(data),
            **more,
        }
        if person != "anonymous":
            pair = b64encode(f"{person}:{PASSWORD}".encode()).decode()
            environ["HTTP_AUTHORIZATION"] = f"Basic {pair}"
        setup_testing_defaults(environ)
        return self._answered(environ)

    def _answered(self, environ) -> Answer:
        told, jar, before = [], self.portal._p_jar, getRequest()
        last = jar.db().storage.lastTransaction()
        try:
            body = b"".join(self.app(environ, lambda *args: told.append(args)))
        finally:
            setRequest(before)
        jar.sync()
        wrote = jar.db().storage.lastTransaction() != last
        return Answer(int(told[0][0].split()[0]), dict(told[0][1]), body, wrote)
