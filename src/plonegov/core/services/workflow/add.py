from collections.abc import Iterable
from collections.abc import Mapping
from plone.restapi.services.workflow.transition import WorkflowTransition
from plonegov.core.errors import ActionNotAllowed
from plonegov.core.records.steps import offered
from typing import Any


class WorkflowPost(WorkflowTransition):
    """``POST @workflow/TRANSITION``: a step that is not offered leaves nothing behind.

    Plone's own dates and indexes a content before it asks for the step, and keeps that
    though it refuses: everybody who reads a content would write in it.
    """

    def recurse_transition(
        self,
        objs: Iterable[Any],
        comment: str,
        publication_dates: Mapping[str, Any],
        include_children: bool = False,
    ) -> None:
        """Do the step, in what stands below, too, where that is asked for.

        :raises ActionNotAllowed: not the current user, or not in this state.
        """
        for content in objs:
            if not self.wftool.getWorkflowsFor(content):
                continue
            offers = self.transition in offered(content)
            if not offers and not self.is_same_state(content):
                raise ActionNotAllowed(action=self.transition)
            if offers or content.EffectiveDate() != "None":
                super().recurse_transition(
                    [content], comment, publication_dates, include_children
                )
