"""Staff before the pages of a site that is served over HTTP."""

from helpers.citizen import Citizen
from helpers.people import PASSWORD


class Staff(Citizen):
    """Somebody who is signed in, with the page that was answered last.

    Redirects are not followed, so that a test sees what was answered.
    """

    def __init__(self, portal, base, name="") -> None:
        super().__init__(portal, base)
        if name:
            self.session.auth = (name, PASSWORD)

    def open(self, path, **kwargs):
        """Open an address below the site; return its status."""
        super().open(path, allow_redirects=False, **kwargs)
        return self.answer.status_code

    def follow(self):
        """Follow the redirect that was answered; return the status of its page."""
        super().open(self.answer.headers["Location"])
        return self.answer.status_code

    def filled(self, action):
        """Return the fields of the form that is sent to an address ending so."""
        for form in self.page.forms:
            if form.action.partition("?")[0].endswith(action):
                return dict(form.form_values())
        raise LookupError(action)

    def post(self, path, fields=(), files=None):
        """Post fields to an address below the site, with the page's authenticator;
        return the status."""
        token = self.page.xpath("//input[@name='_authenticator']/@value")
        data = dict(fields) | ({"_authenticator": token[0]} if token else {})
        self._read(
            self.session.post(
                f"{self.base}/{path}", data=data, files=files, allow_redirects=False
            )
        )
        return self.answer.status_code
