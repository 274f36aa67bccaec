"""The talk with an identity provider after a person has come back from it: the code is
exchanged, what comes is checked, and only claims are left of it. No token is kept."""

from authlib.integrations.base_client import OAuthError
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from plonegov.certification.adapters.openidhttp import decoded
from plonegov.certification.adapters.openidhttp import Session
from plonegov.certification.adapters.openidhttp import session
from plonegov.certification.adapters.openidhttp import Unreachable
from plonegov.certification.adapters.openidknown import Known
from plonegov.certification.adapters.openidknown import KnownFile
from plonegov.certification.adapters.openidtokens import Asked
from plonegov.certification.adapters.openidtokens import id_claims
from plonegov.certification.adapters.openidtokens import KeyUnknown
from plonegov.certification.adapters.openidtokens import userinfo_claims
from plonegov.certification.domain.openid import AnswerWrong
from plonegov.certification.domain.providers import Provider
from requests import RequestException
from typing import Any

import re


@dataclass
class Talk:
    """One talk; it touches neither database nor request, and runs in a thread.

    ``facts`` are what the way prepared, ``issuer`` whom the browser's answer names.
    """

    provider: Provider
    file: KnownFile
    now: datetime
    facts: dict[str, Any]
    code: str
    issuer: str
    known: Known = field(init=False)

    def claims(self) -> dict[str, Any]:
        """Return what the provider says of the person.

        :raises Unreachable: it does not answer.
        :raises AnswerWrong: it does not accept the code, or its answer is not believed.
        """
        self.known = self._known()
        if self.issuer != self.provider.issuer and (
            self.issuer or self.known.names_itself
        ):
            raise AnswerWrong("answer of another issuer")
        with session(self.provider, self.facts["redirect_uri"]) as client:
            tokens = self._tokens(client)
            signed = self._signed(tokens)
            more = self._userinfo(client)
        if more is None:
            return signed
        if more.get("sub") != signed["sub"]:
            raise AnswerWrong("userinfo of another person")
        return {**more, **signed}

    def _known(self) -> Known:
        found = self.file.read(self.provider)
        if found is None or found.is_old(self.now):
            return self.file.fetch_soon(self.provider, self.now)
        return found

    def _tokens(self, client: Session) -> dict[str, Any]:
        try:
            tokens = client.fetch_token(
                self.known.endpoints["token"],
                grant_type="authorization_code",
                code=self.code,
                code_verifier=self.facts["verifier"],
            )
        except OAuthError as error:
            raise AnswerWrong(f"token: {_id(error.error)}") from error
        except RequestException as error:
            raise Unreachable(type(error).__name__) from error
        except (ValueError, TypeError, RecursionError) as error:
            raise AnswerWrong("token: unreadable") from error
        if not isinstance(tokens.get("access_token"), str):
            raise AnswerWrong("no access token")
        if str(tokens.get("token_type", "")).lower() != "bearer":
            raise AnswerWrong("token type")
        return tokens

    def _signed(self, tokens: dict[str, Any]) -> dict[str, Any]:
        asked = Asked(
            self.facts["nonce"],
            self.code,
            tokens["access_token"],
            self.facts["began"],
            int(self.now.timestamp()),
        )
        return self._with_keys(
            lambda keys: id_claims(self.provider, keys, tokens.get("id_token"), asked)
        )

    def _userinfo(self, client: Session) -> dict[str, Any] | None:
        if self.provider.userinfo == "none":
            return None
        try:
            answer = client.fetched(self.known.endpoints["userinfo"])
        except OAuthError as error:
            raise AnswerWrong("access token not usable") from error
        if self.provider.userinfo == "json":
            return decoded(answer)
        text = answer.content.decode("ascii", "replace").strip()
        return self._with_keys(
            lambda keys: userinfo_claims(self.provider, keys, text, self.now)
        )

    def _with_keys(
        self, checked: Callable[[list[dict[str, Any]]], dict[str, Any]]
    ) -> dict[str, Any]:
        """Return what a check returns; the keys are asked for anew if one is unknown."""
        try:
            return checked(self.known.keys)
        except KeyUnknown:
            self.known = self.file.fetch_soon(self.provider, self.now)
        try:
            return checked(self.known.keys)
        except KeyUnknown as error:
            raise AnswerWrong("signed with an unknown key") from error


def _id(text: Any) -> str:
    """Return an error's id, where it is one."""
    found = isinstance(text, str) and re.fullmatch(r"[a-z_]{1,40}", text)
    return text if found else "error"
