"""What certification does now and then."""

from datetime import timedelta
from plonegov.certification.adapters.eidlists import addresses
from plonegov.certification.adapters.eidlists import fetch_all
from plonegov.certification.adapters.eidsettings import load_settings
from plonegov.certification.pas.people import people
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from typing import Any
from zope.interface import implementer

import transaction


#: What a card said of who does not come back is kept no longer (GDPR, article 5(1)(e)).
KEPT = timedelta(days=730)
PORTION = 500


@implementer(IJob)
class ForgetPeople:
    """Forget people who have not signed in with a proof for two years.

    Their orders stay as long as orders do; they are nobody's then, and are followed by
    their links.
    """

    every = 86400

    def run(self, portal: Any) -> str | None:
        """Return how many were forgotten, or None."""
        last = (town_today() - KEPT).toordinal()
        old = [one for one in people() if people().get(one).seen < last]
        for start in range(0, len(old), PORTION):
            with town_lock(portal.getId()):
                transaction.begin()
                for person_id in old[start : start + PORTION]:
                    person = people().get(person_id)
                    if person is not None and person.seen < last:
                        people().forget(person_id)
                transaction.commit()
        return f"{len(old)} forgotten" if old else None


@implementer(IJob)
class FetchLists:
    """Fetch the lists of revoked identity cards."""

    every = 3600

    def run(self, portal: Any) -> str | None:
        """Return how many lists there are and how many could not be fetched.

        :raises IdentitySettingsWrong: the town's settings can't be used.
        """
        town = municipality().id
        settings = load_settings(town)
        if settings is None:
            return None
        failed = fetch_all(town, settings, now())
        return f"{len(addresses(settings))} lists, {len(failed)} failed"
