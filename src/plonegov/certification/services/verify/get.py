from plone.restapi.services import Service
from plonegov.certification.adapters.serializers import document_view
from plonegov.certification.api import verifying
from plonegov.core.registers.errors import SealedDocumentUnknown
from typing import Any
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


UNKNOWN = {"status": "unknown"}


@implementer(IPublishTraverse)
class VerifyGet(Service):
    """``@verify/CODE``: what the document with a code is worth today."""

    code = ""

    def publishTraverse(self, request, name: str) -> "VerifyGet":
        """Take the code from the address."""
        self.code = name
        return self

    def reply(self) -> dict[str, Any]:
        """Answer its status, ``unknown`` if there is none.

        :raises LimitReached: this network asked too often today.
        """
        self.request.response.setHeader("Cache-Control", "no-store")
        try:
            found = verifying.by_code(self.code)
        except SealedDocumentUnknown:
            return dict(UNKNOWN)
        return document_view(found)
