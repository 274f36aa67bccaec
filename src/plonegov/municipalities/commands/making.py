"""``plonegov municipality new``: few questions, a preview, a complete profile."""

from plonegov.core.municipality import values
from plonegov.municipalities.commands.output import answer
from plonegov.municipalities.commands.output import AsJson
from plonegov.municipalities.commands.output import refusing
from plonegov.municipalities.loader.making import answered
from plonegov.municipalities.loader.making import begin
from plonegov.municipalities.loader.making import completed
from plonegov.municipalities.loader.making import make_profile
from plonegov.municipalities.loader.making import profile_files
from plonegov.municipalities.loader.making import Question
from plonegov.municipalities.loader.making import QUESTIONS
from plonegov.municipalities.loader.making import suggestion
from plonegov.municipalities.loader.making import wrong
from typing import Annotated
from typing import Any

import sys
import typer


Facts = dict[str, Any]


@refusing
def new(
    municipality: Annotated[
        str, typer.Argument(metavar="ID", help="Id of the new municipality.")
    ],
    country: Annotated[str, typer.Option(help="Its country: be or fr.")],
    name: Annotated[str, typer.Option(help="Its name.")] = "",
    postal_code: Annotated[str, typer.Option(help="Its postal code.")] = "",
    official_code: Annotated[
        str, typer.Option(help="Its code in the country's statistics (NIS, INSEE).")
    ] = "",
    language: Annotated[str, typer.Option(help="Language of its contents.")] = "",
    brand: Annotated[str, typer.Option(help="Main colour, #rrggbb.")] = "",
    accent: Annotated[str, typer.Option(help="Second colour, #rrggbb.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Write a new municipality's profile; asks for what is missing."""
    if not values.is_id(municipality):
        raise typer.BadParameter(
            "an id is made of a-z, 0-9 and hyphens", param_hint="ID"
        )
    given = {
        "--name": name,
        "--official-code": official_code,
        "--postal-code": postal_code,
        "--language": language,
        "--brand": brand,
        "--accent": accent,
    }
    asks = not yes and not json and is_terminal()
    facts = _answers(begin(municipality, country), given, asks)
    _check(facts)
    files = profile_files(facts)
    if asks:
        typer.echo("\n" + files["municipality.toml"].decode())
        typer.confirm("Write this profile?", default=True, abort=True)
    folder = make_profile(facts)
    command = f"plonegov municipality apply {municipality}"
    text = f"Profile written to {folder}.\nNext: {command}"
    answer({"folder": str(folder), "files": list(files), "next": command}, text, json)


def is_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin.isatty()


def _answers(facts: Facts, given: dict[str, str], asks: bool) -> Facts:
    """Return the facts with all answers: given, asked for, or usual.

    :raises typer.BadParameter: an answer is wrong, or missing where nobody is asked.
    """
    missing = []
    for question in QUESTIONS:
        text, usual = given[question.option].strip(), suggestion(question, facts)
        if text and not question.accepts(text, facts):
            raise typer.BadParameter(
                f"found {text!r}; allowed is {question.allowed}",
                param_hint=question.option,
            )
        if not text and asks:
            text = _ask(question, usual, facts)
        if text or usual:
            facts = answered(facts, question, text or usual)
        else:
            missing.append(question.option)
    if missing:
        raise typer.BadParameter(
            f"nobody can be asked here, and these options are missing: "
            f"{', '.join(missing)}",
            param_hint="new",
        )
    return completed(facts)


def _ask(question: Question, usual: str, facts: Facts) -> str:
    while True:
        text = typer.prompt(question.text, default=usual or None).strip()
        if question.accepts(text, facts):
            return text
        typer.echo(f"Not {text!r}: allowed is {question.allowed}.")


def _check(facts: Facts) -> None:
    """Check the facts as a whole: colours that can be read together, for one.

    :raises typer.BadParameter: something is wrong.
    """
    for problem in wrong(facts):
        raise typer.BadParameter(
            f"found {problem.found}; allowed is {problem.allowed}",
            param_hint=problem.key,
        )
