"""``item-public``: what the public is to read of an item, and that it may now."""

from collections.abc import Mapping
from functools import cached_property
from plone import api
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.ops.texts import text_of
from plonegov.core.theme.editor import WithEditor
from plonegov.core.theme.page import PostedAction
from plonegov.deliberations import _
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import publicfiles
from plonegov.deliberations.api import publishing
from plonegov.deliberations.api import sittings
from plonegov.deliberations.api import store
from plonegov.deliberations.api.republishing import rectification
from plonegov.deliberations.browser.base import DeskPage
from plonegov.deliberations.browser.decisionpage import DecisionPage
from plonegov.deliberations.browser.decisionpage import WHY
from plonegov.deliberations.browser.sittingwords import due_lines
from plonegov.deliberations.content.annex import Annex
from plonegov.deliberations.content.publicfile import PublicFile
from plonegov.deliberations.domain.cleaning import address_of
from plonegov.deliberations.domain.cleaning import Kind
from plonegov.deliberations.domain.cleaning import Progress
from plonegov.deliberations.domain.publishing import CHOSEN
from plonegov.deliberations.domain.publishing import Publicity
from plonegov.deliberations.domain.publishing import Shown
from plonegov.deliberations.domain.publishing import WhyWithdrawn
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18nmessageid import Message


SHOWN: dict[str, Message] = {
    "": _("item_public_nothing", default="The public reads nothing of it."),
    "draft": _("item_public_draft", default="The public reads it as a draft."),
    "decision": _("item_public_decision", default="The public reads it as a decision."),
    "withdrawn": _(
        "item_public_withdrawn", default="It was withdrawn from the public."
    ),
}


#: How far the copy of an annex is, with the tag that says so.
PROGRESS: dict[Progress, dict[str, Any]] = {
    Progress.READY: {
        "title": _("public_copy_ready", default="The public has it"),
        "tag": "ok",
    },
    Progress.WAITING: {
        "title": _("public_copy_waiting", default="Being cleaned"),
        "tag": "info",
    },
    Progress.REFUSED: {
        "title": _(
            "public_copy_refused", default="Refused: the public does not get it"
        ),
        "tag": "danger",
    },
}

OUTDATED = _(
    "item_public_outdated",
    default="The public still reads the text from before the rectification.",
)


class ItemPublic(WithEditor, DeskPage):
    """Title, text and annexes for the public; nothing of it is public by being written."""

    index = ViewPageTemplateFile("templates/item_public.pt")
    page_title = _("page_item_public", default="What the public reads")
    labels = {
        "title": _("public_title", default="Public title"),
        "text": _("public_text", default="Public text"),
        "rectified": _("public_rectified_why", default="Why it was rectified"),
    }
    reasons = tuple((str(why), WHY[why]) for why in CHOSEN)

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        item = self.context
        here = {"title": item.title, "url": item.absolute_url()}
        return [*super().page_breadcrumbs(), here]

    def value(self, name: str) -> str:
        """Return what stands in a field; at first what the record says, to be checked."""
        item = self.context
        first = {"title": item.title, "text": item.motivation + item.decision}
        return self.value_of(name, item.public.get(name) or first[name])

    @cached_property
    def shown(self) -> str:
        """What the public reads now: a ``domain.publishing.Shown``, or ""."""
        found = publishing.publication_of(self.context)
        return found.shown if found is not None else ""

    @property
    def shown_words(self) -> Message:
        return OUTDATED if self.context.outdated else SHOWN[self.shown]

    @property
    def rectified(self) -> str:
        """Why it was rectified, for the public: at first as the register says it, to be
        checked."""
        item = self.context
        told = item.public.get("rectified") or rectification(item).reason
        return self.value_of("rectified", told)

    @property
    def public_url(self) -> str:
        if not self.shown:
            return ""
        return f"{publishing.decisions().absolute_url()}/{self.context.getId()}"

    @property
    def written(self) -> bool:
        """Whether title and text for the public were written."""
        return bool(
            self.context.public.get("title") and self.context.public.get("text")
        )

    @property
    def not_public(self) -> bool:
        """Whether the public reads nothing else of the body."""
        return bodies.get(self.context.body).publicity != Publicity.PUBLIC

    @property
    def publish_by(self) -> list[dict[str, Any]]:
        """Until when the list of what its sitting decided is published, with its law."""
        if not self.context.meeting:
            return []
        meeting = store.meeting(self.context.meeting)
        return due_lines(sittings.list_due(meeting), self.language())

    @cached_property
    def annexes(self) -> list[dict[str, Any]]:
        """The annexes that may be shown, each with its public title, whether it was
        chosen, and how far its copy is."""
        item, typed = self.context, self.typed
        before = publishing.publication_of(item)
        shown = publicfiles.kept_titles(item, before)
        rows = []
        for annex in publicfiles.publishable(item):
            key = annex.getId()
            rows.append(
                {
                    "key": key,
                    "title": annex.title,
                    "public": typed.get(f"annex-{key}", shown.get(key, "")),
                    "shown": bool(typed.get(f"show-{key}"))
                    if typed
                    else key in shown or before is None,
                    **self._copy(annex),
                }
            )
        return rows

    def _copy(self, annex: Annex) -> dict[str, Any]:
        """Return how far the public copy of an annex is (None: it was not chosen), its
        address once the public has it, or why it is refused."""
        row = self._copies.get(annex.getId())
        if row is None:
            return {"progress": None, "url": "", "refusal": ""}
        progress = row.progress(self.shown == Shown.DRAFT)
        address = f"{self.public_url}/annex/{address_of(row.number, Kind(row.kind))}"
        context = {"annex": annex.title, "page": row.page}
        return {
            "progress": PROGRESS[progress],
            "url": address if progress is Progress.READY else "",
            "refusal": text_of(row.trouble, context) if row.trouble else "",
        }

    @cached_property
    def _copies(self) -> dict[str, PublicFile]:
        """The annexes that were confirmed, by their ids."""
        found = publishing.publication_of(self.context)
        return {row.annex: row for row in found.annexes} if found is not None else {}

    @property
    def in_work(self) -> bool:
        """Whether copies are being made."""
        waiting = PROGRESS[Progress.WAITING]
        return any(row["progress"] == waiting for row in self.annexes)

    @property
    def refusals(self) -> list[Message]:
        """Why the public does not get annexes that were confirmed."""
        return [row["refusal"] for row in self.annexes if row["refusal"]]


class ItemPreview(DecisionPage):
    """What the public would read if the item were confirmed as it is written now.

    A view is made before it is known who asks: only its call makes the publication.
    """

    def __call__(self) -> str:
        self.context = publishing.preview(self.context)
        self.private()
        api.portal.show_message(PREVIEW, self.request)
        return self.index()


PREVIEW = _(
    "public_preview_message",
    default="This is what the public would read. Showing it here publishes nothing.",
)


class ItemPublish(PostedAction):
    """Keep the public text, let the public read it, or withdraw it."""

    def do(self, form: Mapping[str, Any]) -> str:
        verb, item = str(form.get("verb", "")), self.context
        if verb == "withdraw":
            publishing.withdraw(item, _why(form))
        else:
            names = ("title", "text", "rectified")
            publishing.prepare(item, *(str(form.get(name, "")) for name in names))
            if verb == "confirm":
                publishing.confirm(
                    item, release=bool(form.get("release")), annexes=_annexes(form)
                )
        return f"{item.absolute_url()}/item-public"

    def refused(self, error: PlonegovError) -> Any:
        return ItemPublic(self.context, self.request).again(error, self.request.form)


def _annexes(form: Mapping[str, Any]) -> dict[str, str]:
    """Return the ids of the annexes that were ticked, each with its public title."""
    ticked = [name.removeprefix("show-") for name in form if name.startswith("show-")]
    return {key: str(form.get(f"annex-{key}", "")) for key in ticked}


def _why(form: Mapping[str, Any]) -> WhyWithdrawn:
    """Return the kind of reason that was chosen.

    :raises InvalidInput: none was.
    """
    wanted = str(form.get("why", ""))
    if wanted not in CHOSEN:
        raise InvalidInput([Fault("why", "required")])
    return WhyWithdrawn(wanted)
