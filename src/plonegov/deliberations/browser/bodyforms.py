"""Plone's own forms of mandates, functions and item templates, for the secretary.

They are Dexterity's, under the permissions of deliberations: the secretary needs no
right to add or change content in general. What ends gets a last day; nothing is deleted.
"""

from plone.dexterity.browser.add import DefaultAddForm
from plone.dexterity.browser.edit import DefaultEditForm
from plone.dexterity.utils import addContentToContainer
from plone.z3cform.layout import FormWrapper
from plonegov.core.theme.editor import EditorWidget
from plonegov.deliberations import _
from plonegov.deliberations.api.store import deliberations
from plonegov.deliberations.browser.base import TODAY
from plonegov.deliberations.browser.bodiespage import anchor_of
from plonegov.deliberations.browser.bodiespage import BODIES
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form.widget import FieldWidget
from zope.i18n import translate
from zope.schema.interfaces import IBool


#: From when and until when: after who it is.
PERIOD = ("first_day", "last_day")
OPTIONAL = _("optional_mark", default="(optional)")

#: How a mandate or a function ends.
ENDING = _(
    "edit_period_help",
    default="To end it, give its last day. Nothing is deleted: minutes and votes keep "
    "the name.",
)


class Ordered:
    """Part of a form: the period comes last, and what may stay empty says so."""

    def updateFields(self) -> None:
        super().updateFields()
        names = sorted(self.fields, key=lambda name: name in PERIOD)
        self.fields = self.fields.select(*names)

    def updateWidgets(self, prefix: str | None = None) -> None:
        super().updateWidgets(prefix)
        optional = translate(OPTIONAL, context=self.request)
        for widget in self.widgets.values():
            if not widget.required and not IBool.providedBy(widget.field):
                label = translate(widget.label, context=self.request)
                widget.label = f"{label} {optional}"


class AddForm(Ordered, DefaultAddForm):
    """Base of the forms of something new; it leads back to the page of the bodies."""

    added: Any = None

    def add(self, content: Any) -> None:
        self.added = addContentToContainer(self.container, content)

    def nextURL(self) -> str:
        return _bodies_url(self.context if self.added is None else self.added)


class EditForm(Ordered, DefaultEditForm):
    """Base of the forms of what is there; it leads back to the page of the bodies."""

    label: Any = ""

    def nextURL(self) -> str:
        return _bodies_url(self.context)


class AddMandateForm(AddForm):
    """A new member of a body."""

    portal_type = "plonegov.Mandate"
    label = _("page_add_mandate", default="Add a member")


class EditMandateForm(EditForm):
    """A member's mandate; it ends by its last day."""

    label = _("page_edit_mandate", default="Change the mandate")


class AddFunctionForm(AddForm):
    """Somebody new who holds an office, or acts for its holder."""

    portal_type = "plonegov.Function"
    label = _("page_add_function", default="Add a function")


class EditFunctionForm(EditForm):
    """A function; it ends by its last day."""

    label = _("page_edit_function", default="Change the function")


class Written:
    """Part of a form: its texts are written in the same editor as an item's."""

    def updateFields(self) -> None:
        super().updateFields()
        for name in ("motivation", "decision"):
            self.fields[name].widgetFactory = _editor


def _editor(field: Any, request: Any) -> Any:
    return FieldWidget(field, EditorWidget(request))


class AddTemplateForm(Written, AddForm):
    """New texts that items begin with."""

    portal_type = "plonegov.ItemTemplate"
    label = _("page_add_template", default="Add an item template")


class EditTemplateForm(Written, EditForm):
    """The texts of a template."""

    label = _("page_edit_template", default="Change the item template")


class Wrapper(FormWrapper):
    """The page around a form, with the way back."""

    index = ViewPageTemplateFile("templates/body_form.pt")
    lead: Any = ""

    def page_breadcrumbs(self) -> list[dict[str, str]]:
        base = deliberations().absolute_url()
        return [
            {"title": translate(TODAY, context=self.request), "url": f"{base}/today"},
            {"title": translate(BODIES, context=self.request), "url": f"{base}/bodies"},
        ]


class AddMandate(Wrapper):
    """``add-mandate``."""

    form = AddMandateForm


class EditMandate(Wrapper):
    """``edit-mandate``."""

    form = EditMandateForm
    lead = ENDING


class AddFunction(Wrapper):
    """``add-function``."""

    form = AddFunctionForm


class EditFunction(Wrapper):
    """``edit-function``."""

    form = EditFunctionForm
    lead = ENDING


class AddTemplate(Wrapper):
    """``add-template``; its texts are written in Plone's editor."""

    form = AddTemplateForm
    rich_editor = True


class EditTemplate(Wrapper):
    """``edit-template``."""

    form = EditTemplateForm
    rich_editor = True


def _bodies_url(content: Any) -> str:
    base = deliberations().absolute_url()
    here = content.portal_type == "plonegov.Deliberations"
    return f"{base}/bodies" if here else f"{base}/bodies#{anchor_of(content)}"
