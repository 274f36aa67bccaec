"""``municipality-profile``: the town's facts, and what differs from its profile."""

from hashlib import sha256
from plone import api
from plone.protect import CheckAuthenticator
from plonegov.core.municipality.differences import Difference
from plonegov.core.municipality.differences import NOTHING
from plonegov.core.municipality.facts import settings
from plonegov.municipalities import _
from plonegov.municipalities.controlpanels.configlet import VIEW
from plonegov.municipalities.controlpanels.facts import fact_rows
from plonegov.municipalities.loader.checking import profile_errors
from plonegov.municipalities.loader.differing import compare_site
from plonegov.municipalities.loader.exporting import export_files
from plonegov.municipalities.loader.exporting import zipped
from plonegov.municipalities.loader.folders import find_profiles
from plonegov.municipalities.loader.folders import Profile
from plonegov.municipalities.loader.sites import update_site
from Products.Five import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate

import json


STATES = {
    "changed": _("state_changed", default="will be set"),
    "new": _("state_new", default="new, will be set"),
    "gone": _("state_gone", default="gone from the profile, will be taken away"),
    "kept": _("state_kept", default="stays: people changed it"),
}
TAGS = {"kept": "pg-tag-warn"}
LONGEST = 200


class MunicipalityProfile(BrowserView):
    """Shows, asks and applies; only a confirmed apply of what was shown changes."""

    page_title = _("page_municipality", default="The municipality and its profile")
    index = ViewPageTemplateFile("templates/profile.pt")
    confirming = False

    def __call__(self) -> str:
        self.request.response.setHeader("Cache-Control", "no-store")
        self.profile = self._profile()
        self.errors = profile_errors(self.profile) if self.profile else []
        self.differences = self._differences()
        if self.request.method == "POST":
            CheckAuthenticator(self.request)
            self.confirming = bool(self.to_set)
            if self.confirming and self.request.form.get("seen") == self.seen():
                return self._apply()
        return self.index()

    @property
    def to_set(self) -> list[Difference]:
        """What an apply sets."""
        return [item for item in self.differences if item.is_set]

    @property
    def kept(self) -> list[Difference]:
        """What people changed."""
        return [item for item in self.differences if not item.is_set]

    def url(self) -> str:
        return f"{self.context.absolute_url()}/{VIEW}"

    def seen(self) -> str:
        """Return the digest of what an apply sets, so that it sets what was shown."""
        shown = json.dumps([item.plain() for item in self.to_set], default=str)
        return sha256(shown.encode()).hexdigest()

    def facts(self) -> list[dict[str, Any]]:
        """Return the town's facts for people: groups of labels and values."""
        return fact_rows(self.context, self.request)

    def row(self, item: Difference) -> dict[str, str]:
        """Return a difference as the page shows it."""
        return {
            "key": item.key,
            "state": translate(STATES[item.state], context=self.request),
            "tag": TAGS.get(item.state, "pg-tag-info"),
            "profile": _shown(item.profile),
            "site": _shown(item.site),
        }

    def _profile(self) -> Profile | None:
        return find_profiles().get(settings().municipality_id)

    def _differences(self) -> list[Difference]:
        if self.profile is None or self.errors:
            return []
        return list(compare_site(self.context, self.profile).differences)

    def _apply(self) -> str:
        with api.env.adopt_roles(["Manager"]):
            done = update_site(self.context, self.profile)
        message = _(
            "profile_applied",
            default="The profile was applied: ${count} values were set.",
            mapping={"count": len(done.to_set)},
        )
        api.portal.show_message(message, self.request)
        self.request.response.redirect(self.url(), status=303)
        return ""


class MunicipalityExport(BrowserView):
    """``municipality-export``: the profile's folder as the site is now, zipped."""

    def __call__(self) -> bytes:
        name = settings().municipality_id
        response = self.request.response
        response.setHeader("Content-Type", "application/zip")
        response.setHeader("Cache-Control", "no-store")
        response.setHeader("Content-Disposition", f'attachment; filename="{name}.zip"')
        return zipped(export_files(self.context), name)


def _shown(value: Any) -> str:
    if value is NOTHING or value in ("", [], {}):
        return "–"
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    if isinstance(value, dict):
        value = ", ".join(f"{key} {item}" for key, item in value.items())
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
