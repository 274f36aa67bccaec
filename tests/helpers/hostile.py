"""A Site Administrator of one town who wants more than the town's daily work."""

from functools import cached_property
from helpers.towns import Answer
from helpers.towns import person
from helpers.towns import World
from urllib.parse import parse_qsl

import json
import re


#: The administrator's town and the one next door.
OWN, OTHER = "seneffe", "sambreville"
ME = person(OWN, "itstaff")
JSON = {"Accept": "application/json"}


class Hostile:
    """Sends calls as the administrator; a path that begins with / is the root's."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.headers = world.headers(OWN, "itstaff")

    @cached_property
    def token(self) -> str:
        """The token against forged forms, which every form of Plone carries."""
        page = self.get("@@new-user").text
        return re.search(r'name="_authenticator"[^>]*value="(\w+)"', page)[1]

    def address(self, path: str) -> str:
        """Return the whole address of a path."""
        if path.startswith("/"):
            return f"{self.world.base}{path}"
        return self.world.url(OWN, path)

    def get(self, path: str) -> Answer:
        """Get a page, or what REST tells."""
        return self.world.call("GET", self.address(path), self.headers)

    def read(self, path: str) -> dict:
        """Return what REST tells of something that one may read."""
        answer = self.world.call("GET", self.address(path), self.headers | JSON)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def rest(self, method: str, path: str, body: dict | None) -> Answer:
        """Send JSON."""
        url, headers = self.address(path), self.headers | JSON
        return self.world.call(method, url, headers, json=body)

    def form(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form, with its token."""
        data = fields | {"_authenticator": self.token}
        return self.world.call("POST", self.address(path), self.headers, data=data)

    def send(self, attempt: str) -> Answer:
        """Send a line of ``attempts.txt``."""
        method, path, kind, body = (*attempt.split(" ", 3), "")[:4]
        if kind == "json":
            return self.rest(method, path, json.loads(body))
        if kind == "form" and method == "POST":
            return self.form(path, dict(parse_qsl(body, keep_blank_values=True)))
        headers = {"Destination": body} if kind == "to" else {}
        return self.world.call(
            method,
            self.address(path),
            self.headers | headers,
            data=body if kind == "data" else None,
        )


def refused(answer: Answer) -> bool:
    """Tell whether an answer says no, or sends to where one signs in."""
    if answer.status_code == 302:
        target = answer.headers["Location"]
        return "require_login" in target or "insufficient-privileges" in target
    if answer.status_code == 400:
        return "You don't have permission" in answer.text
    return answer.status_code in (401, 403, 404, 405)
