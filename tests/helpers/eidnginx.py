"""nginx that asks for cards, with both configurations of docs/operations."""

from collections.abc import Iterator
from contextlib import contextmanager
from helpers.eidpki import Card
from helpers.eidpki import Country
from helpers.eidpki import SECRET
from helpers.nginx import Nginx
from helpers.nginx import SOURCE
from helpers.serving import free_port
from pathlib import Path

import re
import requests


CARDS = SOURCE.with_name("nginx-eid.conf")
MAIN = "https://www.exempleville.example/"
#: The main host is ``localhost``, the card's is this: cookies keep them apart.
CARD_HOST = "127.0.0.1"
#: What a browser that confirms sends.
FIELD = re.compile(r'name="(code|_authenticator)"\s[^>]*?value="([^"]+)"')


class CardNginx(Nginx):
    """One nginx before the server of a site; ``url`` and ``card_url`` are its hosts."""

    def __init__(
        self, folder: Path, port: int, country: Country, site: str, forgotten: str = ""
    ) -> None:
        """Write the configuration.

        :param forgotten: a header that the card's host does not set.
        """
        self.site = site
        self.card_port = free_port()
        self.card_url = f"https://{CARD_HOST}:{self.card_port}"
        super().__init__(folder, [port, port])
        pem = b"".join(authority.pem for authority in country.authorities)
        (folder / "authorities.pem").write_bytes(pem)
        (folder / "secret.conf").write_text(
            f'proxy_set_header X-Eid-Secret "{SECRET}";'
        )
        changes = {
            "192.0.2.2:443": f"{CARD_HOST}:{self.card_port}",
            MAIN: f"{self.url}/",
            "/etc/ssl/certs/eid.exempleville.pem": f"{folder}/cert.pem",
            "/etc/ssl/private/eid.exempleville.key": f"{folder}/key.pem",
            "/etc/ssl/eid/authorities.pem": f"{folder}/authorities.pem",
            "/etc/nginx/plonegov-eid-secret.conf": f"{folder}/secret.conf",
            "/var/log/nginx": str(folder),
            **self.place(),
        }
        self.write(CARDS, "plonegov-eid.conf", changes)
        if forgotten:
            self.forget(forgotten)

    def place(self) -> dict[str, str]:
        """Return where the site is, as both configurations have it."""
        old = "/https/www.exempleville.example:443/seneffe/"
        return {old: f"/https/localhost:{self.port}/{self.site}/"}

    def changes(self, ports: list[int]) -> dict[str, str]:
        """Return what is put in place of words of the main configuration."""
        return super().changes(ports) | self.place()

    def forget(self, header: str) -> None:
        """Leave a header out of the configuration of the card's host."""
        for name in ("plonegov-eid.conf", "secret.conf"):
            file = self.folder / name
            line = re.compile(rf"^ *proxy_set_header {header} .*\n?", re.MULTILINE)
            file.write_text(line.sub("", file.read_text()))

    def answers(self) -> bool:
        """Tell whether it is up."""
        assert self.process.poll() is None, (self.folder / "start.log").read_text()
        try:
            self.session.get(f"{self.url}/robots.txt", timeout=20)
            return True
        except requests.ConnectionError:
            return False


@contextmanager
def asking(nginx: CardNginx) -> Iterator[CardNginx]:
    """Run it."""
    nginx.start()
    try:
        yield nginx
    finally:
        nginx.stop()


class CardHolder:
    """Somebody at a browser of the own, with or without a card."""

    def __init__(self, nginx: CardNginx, card: Card | None = None) -> None:
        self.nginx = nginx
        self.card = card
        self.main = self._session()
        self.main.headers.update({"Accept-Language": "en", "Accept": "text/html"})

    def begin(self, came_from: str = "") -> str:
        """Begin on the site; return the address to which one is sent."""
        query = {"way": "eid", "came_from": came_from}
        return self.go(f"{self.nginx.url}/prove-identity", params=query)

    def show(self, address: str, headers: dict[str, str] | None = None) -> str:
        """Show the card at an address; return the one to which one is sent."""
        session = self._session()  # a browser sends no cookies of the main host there
        if self.card:
            session.cert = self.card.files(self.nginx.folder)
        answer = session.get(
            address, headers=headers, timeout=60, allow_redirects=False
        )
        assert answer.status_code == 303, answer.text
        assert "Set-Cookie" not in answer.headers
        return answer.headers["Location"]

    def go(self, address: str, **kwargs) -> str:
        """Open an address of the site; return the one to which one is sent."""
        answer = self.look(address, allow_redirects=False, **kwargs)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def look(self, address: str, **kwargs) -> requests.Response:
        """Open an address of the site."""
        return self.main.get(address, timeout=60, **kwargs)

    def confirm(self, page: requests.Response) -> requests.Response:
        """Say that it is one; return where one is then."""
        fields = dict(FIELD.findall(page.text))
        address = f"{self.nginx.url}/identity-return"
        return self.main.post(address, data=fields, timeout=60)

    def sign_in(self, came_from: str = "") -> requests.Response:
        """Sign in with the card."""
        page = self.look(self.show(self.begin(came_from)))
        assert page.status_code == 200, page.text
        return self.confirm(page)

    def _session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.verify = str(self.nginx.folder / "cert.pem")
        return session
