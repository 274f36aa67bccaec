"""Four towns and a plain Plone site in one Zope, each full of words of its own."""

from base64 import b64encode
from collections.abc import Iterable
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from itertools import cycle
from pathlib import Path

import re
import requests
import threading


Answer = requests.Response

#: Requests at a time: as many as Zope has places.
THREADS = 4


#: Site: a word that stands in everything there that is not public, and a birth date.
SECRETS = {
    "seneffe": ("quokka", "1961-03-17"),
    "sambreville": ("axolotl", "1962-05-19"),
    "poitiers": ("numbat", "1963-06-20"),
    "hotton": ("okapi", "1964-07-21"),
    "plain": ("wombat", "1965-08-22"),
}
PLAIN = "plain"
TOWNS = tuple(site for site in SECRETS if site != PLAIN)
#: Account of a town: its roles; all belong to the service of population.
ROLES = {
    "citizen": [],
    "clerk": ["Clerk"],
    "drafter": ["Drafter"],
    "reviewer": ["Reviewer"],
    "secretary": ["Secretary"],
    "councillor": ["Councillor"],
    "records": ["Records Manager"],
    "archivist": ["Archivist"],
    "editor": ["Local Editor", "Editor", "Contributor"],
    "business": ["Business Owner"],
    "itstaff": ["Site Administrator"],
}
#: How to sign in: at each request, by the login form, by REST.
WAYS = ("basic", "cookie", "token")
#: An account with this id is in every site: clerk in towns, Manager of the plain one.
TWIN = "twin"


def person(site: str, account: str) -> str:
    """Return the id of an account."""
    return account if account == TWIN else f"{site}-{account}"


def password(site: str) -> str:
    """Return the password of all accounts of a site."""
    return f"A-long-secret-of-{site}"


def accounts(site: str) -> dict[str, list[str]]:
    """Return the roles of a site's accounts by id."""
    if site == PLAIN:
        held = {"manager": ["Manager"], "citizen": [], TWIN: ["Manager"]}
    else:
        held = {**ROLES, TWIN: ["Clerk"]}
    return {person(site, each): ["Member", *roles] for each, roles in held.items()}


@dataclass(frozen=True)
class Secret:
    """The word and the birth date of a site."""

    site: str

    @property
    def word(self) -> str:
        return SECRETS[self.site][0]

    @property
    def born(self) -> str:
        return SECRETS[self.site][1]

    @property
    def pattern(self) -> re.Pattern[bytes]:
        """What no outsider may read: the word, the date, the number's beginning."""
        year, month, day = self.born.split("-")
        number = rf"{year[2:]}\.?{month}\.?{day}[-.]?9\d\d"
        dates = rf"{self.born}|{day}/{month}/{year}"
        return re.compile(f"{self.word}|{dates}|{number}".encode(), re.IGNORECASE)


class World:
    """All five sites, served by one process; ``facts`` is what ``maketowns`` printed."""

    def __init__(self, home: Path, base: str, facts: dict) -> None:
        self.home = home
        self.base = base
        self.facts = facts
        self._headers: dict[tuple[str, str, str], dict[str, str]] = {}

    def url(self, site: str, path: str = "") -> str:
        """Return an address in a site."""
        return f"{self.base}/{site}/{path}".rstrip("/")

    def accounts(self, site: str) -> list[str]:
        """Return the accounts of a site, without the site in the name."""
        return [name.removeprefix(f"{site}-") for name in accounts(site)]

    def names(self, whose: str) -> list[str]:
        """Return the names in addresses of all views and of services that are read.

        :param whose: ``ours``, those of ``deliberations`` among them, or ``others``.
        """
        found = set()
        for name in self.facts["names"][whose]:
            method, _, service = name.partition("_application_json_")
            if not service:
                found.add(f"@@{name}")
            elif method == "GET":
                found.add(service)
        return sorted(found)

    def order(self, town: str) -> str:
        """Return the path of the town's order within its site."""
        return f"counter/{self.facts['sites'][town]['reference']}"

    def record(self, town: str, kind: str = "item") -> str:
        """Return the path of the town's ``item`` for a body, its ``annex``, or of the
        body's ``meeting``."""
        return f"deliberations/{self.facts['sites'][town]['records'][kind]}"

    def headers(self, site: str, account: str, way: str = "basic") -> dict[str, str]:
        """Return the headers of a person signed in at the own site.

        :param way: ``basic``, ``cookie`` (of the login form) or ``token`` (of REST).
        """
        key = (site, account, way)
        if key not in self._headers:
            self._headers[key] = getattr(self, f"_{way}")(site, account)
        return self._headers[key]

    def call(self, method: str, url: str, headers=None, **kwargs):
        """Send a request without any cookie jar; redirects are not followed."""
        kind = "application/json" if is_service(url) else "text/html"
        given = {"Accept": kind, **(headers or {})}
        return _session().request(
            method, url, headers=given, allow_redirects=False, timeout=120, **kwargs
        )

    def crawl(self, calls: Iterable[tuple[str, dict[str, str]]]) -> Iterator[tuple]:
        """Get many addresses at a time; yield address and answer."""
        with ThreadPoolExecutor(THREADS) as pool:
            yield from pool.map(self._got, calls)

    def _got(self, call: tuple[str, dict[str, str]]) -> tuple:
        url, headers = call
        return url, self.call("GET", url, headers)

    def _basic(self, site: str, account: str) -> dict[str, str]:
        pair = f"{person(site, account)}:{password(site)}".encode()
        return {"Authorization": f"Basic {b64encode(pair).decode()}"}

    def _cookie(self, site: str, account: str) -> dict[str, str]:
        form = {
            "__ac_name": person(site, account),
            "__ac_password": password(site),
            "buttons.login": "1",
        }
        answer = self.call("POST", self.url(site, "login"), data=form)
        return {"Cookie": f"__ac={answer.cookies['__ac']}"}

    def _token(self, site: str, account: str) -> dict[str, str]:
        login = {"login": person(site, account), "password": password(site)}
        answer = self.call("POST", self.url(site, "@login"), json=login)
        return {"Authorization": f"Bearer {answer.json()['token']}"}


def foreign(world: World, victim: str) -> list[tuple[str, str, str]]:
    """Return all people of all other sites, each with a way to sign in there."""
    ways = cycle(WAYS)
    return [
        (site, account, next(ways))
        for site in SECRETS
        if site != victim
        for account in world.accounts(site)
    ]


def deliberating(world: World, victim: str) -> list[tuple[str, str, str]]:
    """Return who deliberates or administers in the other towns, by each way."""
    people = ("secretary", "itstaff", "drafter", "councillor")
    return [
        (site, account, way)
        for site in TOWNS
        if site != victim
        for account, way in zip(people, cycle(WAYS), strict=False)
    ]


def mighty(world: World, victim: str) -> list[tuple[str, str, str]]:
    """Return only those who may most in the other sites, by each way."""
    return [
        (site, "manager" if site == PLAIN else "itstaff", way)
        for site in SECRETS
        if site != victim
        for way in WAYS
    ]


def leaks(world: World, calls: Iterable[tuple], nobody=None) -> list[tuple]:
    """Get addresses as people of other sites; return what told a site's secret.

    :param calls: address, site of the person, account, way.
    :param nobody: status that a visitor gets by address: theirs is the same.
    """
    calls = list(calls)
    asked = [(url, world.headers(*who)) for url, *who in calls]
    found = []
    for call, (url, answer) in zip(calls, world.crawl(asked), strict=True):
        told = [
            site
            for site in SECRETS
            if site != call[1] and Secret(site).pattern.search(answer.content)
        ]
        if told or (nobody and nobody[url] != answer.status_code):
            found.append((call, answer.status_code, told))
    return found


def is_service(url: str) -> bool:
    """Tell whether an address is one of REST."""
    name = url.partition("?")[0].rpartition("/")[2]
    return ("/@" in url and "/@@" not in url) or name.startswith("++api++")


def _session() -> requests.Session:
    """Return this thread's connections; they keep no cookies."""
    if not hasattr(_local, "session"):
        _local.session = requests.Session()
        _local.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        _local.session.trust_env = False
    return _local.session


_local = threading.local()
