"""``track-answer`` and ``track-withdraw``: what a citizen does with the own order."""

from plone import api
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.ops.texts import text_of
from plonegov.ordering import _
from plonegov.ordering.adapters.roles import APPLICANT
from plonegov.ordering.api import answers
from plonegov.ordering.api import handling
from plonegov.ordering.api.storage import file_limits
from plonegov.ordering.browser.tracked import DetailPage
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


ANSWERED = _("track_answered", default="We have your answer, thank you.")
WITHDRAWN = _("track_withdrawn", default="You have withdrawn your order.")


class Answer(DetailPage):
    """Take the answer; what is wrong is told beside what was typed and sent."""

    target = "answer-text"

    def show(self) -> str:
        return self.to_track()

    def act(self) -> str:
        """Keep the files that are right, then send the answer if all is."""
        if not self.your_turn():
            return self.to_track()
        answers.drop_files(self.order, self.dropped())
        faults = answers.keep_files(self.order, self.uploads())
        try:
            with api.env.adopt_roles([APPLICANT]):
                answers.reply(self.order, self.typed("text"), faults)
        except InvalidInput as error:
            return self.refuse(
                422,
                *(
                    (text_of(fault.code, fault.context), f"answer-{fault.field}")
                    for fault in error.faults
                ),
            )
        api.portal.show_message(ANSWERED, self.request)
        return self.to_track()

    def uploads(self) -> list[tuple[str, bytes]]:
        """Return name and content of each file, not more than may be kept."""
        given = self.request.form.get("files", ())
        given = given if isinstance(given, list) else [given]
        most = file_limits().largest + 1
        return [
            (upload.filename, upload.read(most))
            for upload in given
            if getattr(upload, "filename", "")
        ]

    def dropped(self) -> list[int]:
        """Return the places of the kept files that are not to be sent."""
        return [
            place
            for place in range(len(self.order.unsent_files))
            if self.typed(f"drop-{place}")
        ]


class Withdraw(DetailPage):
    """Ask whether one is sure; then end the order."""

    page_title = _("page_withdraw", default="Withdraw your order?")
    index = ViewPageTemplateFile("templates/track_withdraw.pt")
    target = "withdraw"

    def show(self) -> str:
        return self.index() if self.may_withdraw() else self.to_track()

    def act(self) -> str:
        try:
            with api.env.adopt_roles([APPLICANT]):
                handling.withdraw(self.order)
        except PlonegovError as error:
            return self.refuse_error(error)
        api.portal.show_message(WITHDRAWN, self.request)
        return self.to_track()
