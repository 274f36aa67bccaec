"""What changed in a form, in words."""

from collections.abc import Iterable
from plonegov.ordering import _
from plonegov.ordering.browser.answers import text_in
from plonegov.ordering.browser.words import LANGUAGES
from plonegov.ordering.domain.formchanges import Change
from plonegov.ordering.domain.formchanges import ChangeKind
from typing import Any
from zope.i18n import translate
from zope.i18nmessageid import Message


CHANGES: dict[ChangeKind, Message] = {
    ChangeKind.ADDED_REQUIRED: _(
        "change_added_required",
        default="New question that must be answered: “${question}”",
    ),
    ChangeKind.ADDED: _(
        "change_added", default="New question that may stay empty: “${question}”"
    ),
    ChangeKind.REMOVED: _("change_removed", default="No longer asked: “${question}”"),
    ChangeKind.RETYPED: _(
        "change_retyped", default="Takes another kind of answer: “${question}”"
    ),
    ChangeKind.REWORDED: _(
        "change_reworded",
        default="Reworded (${language}): “${before}” is now “${after}”",
    ),
    ChangeKind.HELP: _(
        "change_help",
        default="New explanation of “${question}” (${language}): “${after}”",
    ),
    ChangeKind.REQUIRED: _(
        "change_required", default="Must be answered now: “${question}”"
    ),
    ChangeKind.OPTIONAL: _(
        "change_optional", default="May stay empty now: “${question}”"
    ),
    ChangeKind.CHOICES_ADDED: _(
        "change_choices_added", default="New choices in “${question}”: ${choices}"
    ),
    ChangeKind.CHOICES_REMOVED: _(
        "change_choices_removed",
        default="Choices taken out of “${question}”: ${choices}",
    ),
    ChangeKind.CHOICES_REWORDED: _(
        "change_choices_reworded",
        default="Choices of “${question}” reworded: ${choices}",
    ),
    ChangeKind.MOVED: _("change_moved", default="The questions stand in another order"),
}

#: The explanation is gone.
HELP_GONE = _(
    "change_help_gone", default="No more explanation of “${question}” (${language})"
)


def lines(
    changes: Iterable[Change], language: str, request: Any, *, only: bool = False
) -> list[str]:
    """Return each change in words.

    :param language: of the page.
    :param only: leave out what changed in other languages.
    """
    return [
        _line(change, language, request)
        for change in changes
        if not only or change.language in ("", language)
    ]


def _line(change: Change, language: str, request: Any) -> str:
    message = CHANGES[change.kind]
    if change.kind is ChangeKind.HELP and not change.after:
        message = HELP_GONE
    choices = [text_in(titles, language) for titles in change.choices]
    mapping = {
        "question": text_in(change.question.titles, language),
        "language": LANGUAGES.get(change.language, ""),
        "before": change.before,
        "after": change.after,
        "choices": ", ".join(choices),
    }
    return translate(Message(message, mapping=mapping), context=request)
