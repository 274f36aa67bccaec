"""A REST client of a served site."""

from urllib.parse import urljoin

import requests


class RestSession(requests.Session):
    """Calls below a site's address, asking for JSON."""

    def __init__(self, base_url, auth=None):
        super().__init__()
        self.base_url = base_url
        self.auth = auth
        self.headers["Accept"] = "application/json"

    def request(self, method, url, **kwargs):
        address = urljoin(f"{self.base_url}/", url.lstrip("/"))
        return super().request(method, address, timeout=60, **kwargs)
