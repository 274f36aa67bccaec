"""What is said of a document or a file, in plain words, and what to do then."""

from plonegov.certification import _
from typing import Any


def _said(tone: str, title: Any, text: Any) -> dict[str, Any]:
    return {"tone": tone, "title": title, "text": text}


#: Standing of a document in the register, or verdict on a file -> tone (``success``,
#: ``warning``, ``error``), title and text. What counts no more is so in either way.
SAID = {
    "valid": _said(
        "success",
        _("standing_valid", default="This code is valid"),
        _(
            "standing_valid_text",
            default="The town issued this document and it counts today. Compare the "
            "facts below with the paper: a code may be copied from another document.",
        ),
    ),
    "genuine": _said(
        "success",
        _("verdict_genuine", default="This file is genuine"),
        _(
            "verdict_genuine_text",
            default="The town sealed it, nothing was changed since, and it counts today.",
        ),
    ),
    "replaced": _said(
        "warning",
        _("standing_replaced", default="This document was replaced"),
        _(
            "standing_replaced_text",
            default="The town issued it, and later another one in its place. This one "
            "counts no more.",
        ),
    ),
    "revoked": _said(
        "error",
        _("standing_revoked", default="This document was revoked"),
        _(
            "standing_revoked_text",
            default="The town issued it and took it back. It counts no more.",
        ),
    ),
    "unknown": _said(
        "error",
        _("standing_unknown", default="The town knows no such document"),
        _(
            "standing_unknown_text",
            default="Compare the code below with the paper. If it is written like this "
            "there, the town did not issue the document: don't rely on it.",
        ),
    ),
    "changed": _said(
        "error",
        _("verdict_changed", default="This file was changed"),
        _(
            "verdict_changed_text",
            default="The town sealed a document, and something was changed or added "
            "afterwards. Don't rely on it: ask for the original.",
        ),
    ),
    "unregistered": _said(
        "error",
        _("verdict_unregistered", default="The register does not know this file"),
        _(
            "verdict_unregistered_text",
            default="It bears the town's seal, but stands in no register. Don't rely "
            "on it, and tell the town please.",
        ),
    ),
    "foreign": _said(
        "error",
        _("verdict_foreign", default="This file is not sealed by the town"),
        _(
            "verdict_foreign_text",
            default="Somebody else signed or sealed it. What that is worth can't be "
            "said here.",
        ),
    ),
    "unsealed": _said(
        "error",
        _("verdict_unsealed", default="This file has no seal"),
        _(
            "verdict_unsealed_text",
            default="A scan or a printout has none: check the code on the paper "
            "instead. A sealed file must be sent on as it was received.",
        ),
    ),
    "unreadable": _said(
        "error",
        _("verdict_unreadable", default="This file can't be read"),
        _(
            "verdict_unreadable_text",
            default="It is no PDF, it is protected by a password, or it is damaged. "
            "Choose the PDF as you received it.",
        ),
    ),
}
