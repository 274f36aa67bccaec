"""Asks other machines for what proves a seal: within limits of time and size.

For jobs only: no request and no transaction waits for an answer.
"""

from aiohttp import ClientPayloadError
from aiohttp import ClientResponse
from aiohttp import ClientSession
from aiohttp import ClientTimeout
from aiohttp import TCPConnector
from asn1crypto import tsp
from plonegov.certification.domain.sealsettings import Timestamps
from pyhanko.sign.timestamps import HTTPTimeStamper

import ssl


#: Seconds for a whole answer, from the name's look-up to its last byte.
SECONDS = 10
#: Bytes of an answer at most: lists of revoked certificates may be long.
MOST = 10 << 20
CHUNK = 1 << 16


class Bounded(ClientResponse):
    """An answer that is not read on once it is too long."""

    async def read(self) -> bytes:
        """Return the whole answer.

        :raises ClientPayloadError: it is too long.
        """
        parts, size = [], 0
        async for part in self.content.iter_chunked(CHUNK):
            parts.append(part)
            size += len(part)
            if size > MOST:
                self.close()
                raise ClientPayloadError(f"more than {MOST} bytes")
        return b"".join(parts)


def new_session() -> ClientSession:
    """Return a session for one event loop; the caller closes it.

    It trusts the machine's authorities and goes by its proxy (``HTTPS_PROXY``).
    """
    return ClientSession(
        connector=TCPConnector(ssl=ssl.create_default_context()),
        timeout=ClientTimeout(total=SECONDS),
        headers={"Accept-Encoding": "identity"},
        auto_decompress=False,
        trust_env=True,
        response_class=Bounded,
    )


class Authority(HTTPTimeStamper):
    """A time-stamping authority (RFC 3161), asked in a session of its own each time."""

    def __init__(self, settings: Timestamps) -> None:
        account = (settings.user, settings.password) if settings.user else None
        super().__init__(settings.url, timeout=SECONDS, auth=account)

    async def async_request_tsa_response(
        self, req: tsp.TimeStampReq
    ) -> tsp.TimeStampResp:
        """Return the answer to a request."""
        async with new_session() as session:
            self._session = session
            return await super().async_request_tsa_response(req)
