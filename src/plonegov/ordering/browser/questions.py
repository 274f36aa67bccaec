"""The own address of a document's questions: it leads to the form, and takes nothing."""

from Acquisition import aq_parent
from plonegov.ordering.domain.errors import DirectOrderRefused
from Products.Five import BrowserView


class QuestionFormView(BrowserView):
    """EasyForm's views of the questions, for who finds their address."""

    def __call__(self, *args, **kwargs) -> str:
        """Send a reader on to the form.

        :raises DirectOrderRefused: something was posted here.
        """
        if self.request["REQUEST_METHOD"] not in ("GET", "HEAD"):
            raise DirectOrderRefused()
        document = aq_parent(self.context)
        self.request.response.redirect(f"{document.absolute_url()}/order", status=303)
        return ""
