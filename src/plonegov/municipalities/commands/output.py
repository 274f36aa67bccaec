"""How the command answers: text for people, one JSON value for programs."""

from collections.abc import Callable
from functools import wraps
from plonegov.core.errors import PlonegovError
from plonegov.core.municipality.profile import ProfileError
from plonegov.core.ops.texts import text_of
from plonegov.municipalities.messages import ERROR_TEXTS
from plonegov.municipalities.refusals import PasswordNeeded
from plonegov.municipalities.refusals import Refusal
from typing import Annotated
from typing import Any
from zope.i18n import interpolate

import json
import os
import sys
import typer


AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON value.")]


def answer(value: Any, text: str, as_json: bool) -> None:
    """Print the JSON value or the text."""
    typer.echo(json.dumps(value, ensure_ascii=False) if as_json else text)


def refusing(command: Callable) -> Callable:
    """Decorate a command: a broken rule is told in words and ends with exit code 1."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except PlonegovError as error:
            if kwargs.get("json"):
                answer({"error": error.code, **error.context}, "", as_json=True)
            else:
                typer.echo(words(error), err=True)
            raise typer.Exit(1) from error

    return guarded


def asking_password(action: Callable) -> Callable:
    """Wrap what connects to PostgreSQL: ask for a password that the server wants.

    Only at a terminal; it is passed on in ``PGPASSWORD`` and not shown.
    """

    def asked(*args: Any) -> Any:
        try:
            return action(*args)
        except PasswordNeeded as error:
            if not sys.stdin.isatty():
                raise
            text = "Password of “{user}” at {place}".format(**error.context)
            os.environ["PGPASSWORD"] = typer.prompt(text, hide_input=True, err=True)
            return action(*args)

    return asked


def words(error: PlonegovError) -> str:
    """Return an error in English words."""
    if isinstance(error, ProfileError | Refusal):
        return str(error)
    message = ERROR_TEXTS.get(error.code) or text_of(error.code)
    return interpolate(message.default or str(message), error.context)
