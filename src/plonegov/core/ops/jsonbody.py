"""The body of a REST call that changes something."""

from plone.protect.authenticator import createToken
from plone.restapi.deserializer import json_body
from plone.restapi.exceptions import DeserializationError
from plonegov.core.errors import PlonegovError
from typing import Any


class MediaTypeNotJson(PlonegovError):
    """The call's body is not declared as JSON."""

    code = "media_type_not_json"
    status = 415


class BodyNotJson(PlonegovError):
    """The call's body is no JSON object."""

    code = "body_not_json"


def read_json(request: Any) -> dict[str, Any]:
    """Return the JSON object that a call sends.

    A page of another site can't send ``Content-Type: application/json`` without the
    browser asking us first (CORS preflight, https://fetch.spec.whatwg.org/#cors-safelisted-request-header),
    so a JSON body proves the caller's intent and stands in for plone.protect's token.

    :raises MediaTypeNotJson: the body is not declared as JSON.
    :raises BodyNotJson: the body is no JSON object.
    """
    declared = (request.getHeader("Content-Type") or "").split(";")[0].strip()
    if declared.lower() != "application/json":
        raise MediaTypeNotJson()
    try:
        body = json_body(request)
    except DeserializationError as error:
        raise BodyNotJson() from error
    request.environ["HTTP_X_CSRF_TOKEN"] = createToken()
    return body
