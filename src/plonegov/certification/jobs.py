"""What certification does now and then: proofs of seals, lists of revoked cards, people."""

from datetime import timedelta
from plonegov.certification import logger
from plonegov.certification.adapters.eidlists import addresses
from plonegov.certification.adapters.eidlists import fetch_all
from plonegov.certification.adapters.eidsettings import load_eid
from plonegov.certification.adapters.proving import has_proofs
from plonegov.certification.adapters.proving import Prover
from plonegov.certification.adapters.sealsettings import load_seal
from plonegov.certification.domain.errors import ProofsRefused
from plonegov.certification.pas.people import people
from plonegov.core.api import municipality
from plonegov.core.api import now
from plonegov.core.api import town_today
from plonegov.core.ops.interfaces import IJob
from plonegov.core.ops.writelock import town_lock
from plonegov.core.registers import proofs
from plonegov.core.registers import sealed
from plonegov.core.registers.interfaces import ISealedFiles
from plonegov.core.registers.proofs import Waiting
from plonegov.core.registers.sealed import Standing
from typing import Any
from zope.component import queryUtility
from zope.interface import implementer

import time
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
class AddProofs:
    """Append time stamp and lists to the sealed files that wait for them.

    Other machines are asked before the town's write lock is taken, and in no
    transaction; the file is kept under the lock if it is still the same.
    """

    every = 60
    #: Seconds after which the next file waits for the next run: other jobs do, too.
    seconds = 20

    def run(self, portal: Any) -> str | None:
        """Prove what waits; return how much, or None.

        :raises AuthorityUnavailable: no answer came; the others wait, too.
        :raises ProofsRefused: one or more files can't be proved.
        :raises SettingsWrong: see there.
        """
        transaction.begin()
        found, town = proofs.waiting(), municipality().id
        transaction.abort()
        settings = load_seal(town).timestamp if found else None
        if settings is None:
            return None
        prover, refused, count = Prover(town, settings), None, 0
        end = time.monotonic() + self.seconds
        for each in found:
            try:
                count += _prove(portal, prover, each)
            except ProofsRefused as error:
                logger.error(
                    "%s: the seal of %s can't be proved: %s", town, each, error
                )
                refused = error
            if time.monotonic() > end:
                break
        if refused is not None:
            raise refused
        return f"{count} proved" if count else None


def _prove(portal: Any, prover: Prover, each: Waiting) -> bool:
    keeper = queryUtility(ISealedFiles, name=each.keeper)
    if keeper is None:
        return False
    transaction.begin()
    before = _file(portal, keeper, each)
    transaction.abort()
    after = before
    if before is not None and not has_proofs(before):
        after = prover.prove(before)
    with town_lock(portal.getId()):
        transaction.begin()
        if _file(portal, keeper, each) != before:
            # Somebody was faster; the next run sees to it.
            transaction.abort()
            return False
        kept = after != before and keeper.rewrite(portal, each.key, each.code, after)
        proofs.done(each.code)
        transaction.commit()
    return kept


def _file(portal: Any, keeper: ISealedFiles, each: Waiting) -> bytes | None:
    """Return the file of a document that counts; None: it needs no proofs any more."""
    if sealed.find(each.code).standing != Standing.VALID:
        return None
    return keeper.read(portal, each.key, each.code)


@implementer(IJob)
class FetchLists:
    """Fetch the lists of revoked identity cards."""

    every = 3600

    def run(self, portal: Any) -> str | None:
        """Return how many lists there are and how many could not be fetched.

        :raises SettingsWrong: the town's settings can't be used.
        """
        town = municipality().id
        settings = load_eid(town)
        if settings is None:
            return None
        failed = fetch_all(town, settings, now())
        return f"{len(addresses(settings))} lists, {len(failed)} failed"
