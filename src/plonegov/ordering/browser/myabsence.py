"""``my-absence``: when a clerk is away, and whether to get the daily mail."""

from plone import api
from plonegov.core.errors import InvalidInput
from plonegov.ordering import _
from plonegov.ordering.api import staff
from plonegov.ordering.api.orders import town_today
from plonegov.ordering.browser.formpage import FormPage
from plonegov.ordering.browser.formpage import Section
from plonegov.ordering.browser.inputs import Input
from plonegov.ordering.browser.today import today_crumb
from plonegov.ordering.domain.staffing import read_settings
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.interface import Interface


class IAbsence(Interface):
    """When a clerk is away."""

    away_from = Input(
        title=_("absence_first", default="First day away"), kind="day", optional=True
    )
    away_to = Input(
        title=_("absence_last", default="Last day away"), kind="day", optional=True
    )


class IDigest(Interface):
    """What a clerk is told by mail."""

    digest = Input(
        title=_(
            "absence_digest",
            default="Send me a mail each working day with what waits for me",
        ),
        kind="check",
    )


class MyAbsence(FormPage):
    """A clerk's own settings; nobody else sees or changes them here."""

    label = _("page_my_absence", default="My absence and my daily mail")
    index = ViewPageTemplateFile("templates/my_absence.pt")
    sections = (
        Section(IAbsence, "", _("absence_section", default="When are you away?")),
        Section(IDigest, "", _("digest_section", default="Daily mail")),
    )

    def __call__(self) -> str:
        self.private()
        self.problems, self.message = [], None
        self.draft, self.content = None, {}
        self.user = api.user.get_current().getId()
        self.kept = staff.settings_of(self.user)
        self.update()
        if self.posted() and self.accepted() and self.take():
            return self.redirect(f"{self.context.absolute_url()}/today")
        return self.index()

    def left_out(self):
        return ()

    def hint(self, name):
        return ""

    def preset(self, name):
        absence = self.kept.absence
        days = {
            "away_from": absence.first.isoformat() if absence else "",
            "away_to": absence.last.isoformat() if absence else "",
            "digest": "yes" if self.kept.digest else "",
        }
        return days[name]

    def take(self) -> bool:
        faults = []
        settings = read_settings(self.typed(), town_today(), faults)
        if settings is None:
            return self.report(InvalidInput(faults).faults)
        staff.keep_settings(self.user, settings)
        message = _("absence_saved", default="Your settings are saved.")
        api.portal.show_message(message, self.request)
        return True

    def url_of(self, fault):
        return f"#{self.widget_of(fault).target}"

    def page_breadcrumbs(self):
        return [today_crumb(self.context, self.request)]
