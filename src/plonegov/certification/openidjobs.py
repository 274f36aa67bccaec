"""What the town's identity provider is asked now and then."""

from plonegov.certification.api import openid
from plonegov.core.ops.interfaces import IJob
from typing import Any
from zope.interface import implementer


@implementer(IJob)
class FetchOpenId:
    """Ask the town's identity provider for its addresses and keys, so that beginning a
    sign-in waits for nobody, and a key that was taken back counts no more."""

    every = 6 * 3600

    def run(self, portal: Any) -> str | None:
        """Return that it was done; None in a town without a provider."""
        return "fetched" if openid.fetch() else None
