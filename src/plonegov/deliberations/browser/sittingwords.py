"""What the pages of a sitting say of members, votes and the law, in words."""

from collections.abc import Iterable
from collections.abc import Mapping
from plonegov.core.law.laws import law_told
from plonegov.deliberations import _
from plonegov.deliberations.browser.labels import CHOICES
from plonegov.deliberations.browser.labels import COUNTS
from plonegov.deliberations.browser.labels import MODES
from plonegov.deliberations.browser.labels import VERDICTS
from plonegov.deliberations.domain.formalities import Due
from plonegov.deliberations.domain.trace import all_laws
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import told
from typing import Any
from zope.i18nmessageid import Message


#: What is said of an item while the body deals with it.
TO_DECIDE = _("sitting_to_decide", default="To decide")

#: Colour and icon of a verdict.
VERDICT_TAGS = {
    "carried": "ok",
    "elected": "ok",
    "rejected": "danger",
    "tied": "warn",
    "next_round": "warn",
}

#: Why somebody has no vote.
NO_VOTE = {
    "absent": _("no_vote_absent", default="Not in the room"),
    "excused": _("no_vote_excused", default="Excused"),
    "recused": _("no_vote_recused", default="Takes no part: ${interest}"),
}

#: What stands in a row of the log of attendance.
KINDS = {
    "arrived": _("log_arrived", default="Came"),
    "left": _("log_left", default="Left"),
    "excused": _("log_excused", default="Excused"),
    "recused": _("log_recused", default="Takes no part in “${item}”: ${interest}"),
    "proxy": _("log_proxy", default="Is represented by ${holder}"),
    "called_in": _(
        "log_called_in", default="Called in because of equal votes on “${item}”"
    ),
    "opened": _("log_opened", default="Called: “${item}”"),
    "closed_session": _("log_closed_session", default="Closed session begins"),
    "closing_refused": _(
        "log_closing_refused", default="Closed session asked for “${item}”: refused"
    ),
    "open_session": _("log_open_session", default="Public session again"),
}


def due_lines(due: Due | None, language: str) -> list[dict[str, Any]]:
    """Return the sentence of a day that the law sets, with its law; nothing: it sets
    none."""
    return said((due.line,), language) if due is not None else []


def lines(trace: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return the sentences of a stored trace in a language, with their laws."""
    return [
        {
            "text": row["text"].get(language) or row["text"]["en"],
            "law": row["law"] and _law(row["law"], language),
        }
        for row in trace
    ]


def said(trace: Iterable[Line], language: str) -> list[dict[str, Any]]:
    """Return the sentences of a trace that was just made, with their laws."""
    return lines(told(trace), language)


def result_message(row: Mapping[str, Any], say: Any) -> Message:
    """Return the result of a vote in one sentence.

    :param say: translates a message.
    """
    result = row["result"]
    mapping = {
        "verdict": say(VERDICTS.get(result["verdict"], result["verdict"])),
        **{name: str(number) for name, number in result["counts"].items()},
    }
    if row["mode"] == "secret":
        return _(
            "vote_in_words_secret",
            default="${verdict}: ${in_favour} for, ${against} against, ${abstained} "
            "abstained, ${blank} blank, ${void} void (secret)",
            mapping=mapping,
        )
    return _(
        "vote_in_words",
        default="${verdict}: ${in_favour} for, ${against} against, ${abstained} "
        "abstained",
        mapping=mapping,
    )


def vote_shown(
    row: Mapping[str, Any], place: int, names: Mapping[str, str], page: Any
) -> dict[str, Any]:
    """Return a vote as it is shown: its result, its counts, who voted otherwise, why.

    :param names: of the members, by their ids.
    :param page: says messages in its language, and times in the town's.
    """
    result = row["result"]
    return {
        "place": place,
        "label": row["label"],
        "mode": MODES[row["mode"]],
        "verdict": VERDICTS.get(result["verdict"], result["verdict"]),
        "tag": VERDICT_TAGS.get(result["verdict"], "neutral"),
        "counts": _counts(row),
        "others": [
            {
                "title": CHOICES[choice],
                "names": ", ".join(
                    names.get(member, member)
                    for member in names
                    if row["votes"].get(member) == choice
                ),
            }
            for choice in ("against", "abstain")
            if choice in row["votes"].values()
        ],
        "trace": lines(result["trace"], page.language()),
    }


def _counts(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the counts of a vote with their shares (percent); papers of a secret one
    may be blank or void, too."""
    counts = row["result"]["counts"]
    names = COUNTS if row["mode"] == "secret" else list(COUNTS)[:3]
    total = sum(counts.values()) or 1
    return [
        {
            "id": name,
            "title": COUNTS[name],
            "number": counts[name],
            "share": round(100 * counts[name] / total, 1),
        }
        for name in names
    ]


def law_words(law_id: str, language: str) -> dict[str, Any]:
    """Return title, address and doubt of a law in a language."""
    return _law(law_told(law_id, all_laws()[law_id]), language)


def _law(law: Mapping[str, Any], language: str) -> dict[str, Any]:
    doubt = law.get("doubt")
    return {
        "title": law["title"].get(language) or law["title"]["en"],
        "url": law["url"],
        "doubt": (doubt.get(language) or doubt["en"]) if doubt else "",
    }
