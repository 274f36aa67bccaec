from base64 import b64decode
from plone.restapi.services import Service
from plonegov.certification.adapters.serializers import document_view
from plonegov.certification.api import verifying
from plonegov.certification.services.verify.get import UNKNOWN
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.ops.jsonbody import read_json
from typing import Any


class VerifyPost(Service):
    """``POST @verify``: what a PDF is worth; it is examined and kept nowhere."""

    def reply(self) -> dict[str, Any]:
        """Answer the status of the document that it is, and the verdict on its seal.

        :raises InvalidInput: there is no PDF in base64, or it is too large.
        :raises LimitReached: this network asked too often today.
        """
        self.request.response.setHeader("Cache-Control", "no-store")
        found = verifying.by_file(self._data())
        known = document_view(found.document) if found.document else dict(UNKNOWN)
        return known | {"seal": str(found.verdict)}

    def _data(self) -> bytes:
        given = read_json(self.request).get("data")
        try:
            data = b64decode(given, validate=True)
        except (TypeError, ValueError) as error:
            raise InvalidInput([Fault("data", "base64_missing")]) from error
        verifying.check_size("data", data)
        return data
