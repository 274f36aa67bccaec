from AccessControl.class_init import InitializeClass
from AccessControl.SecurityInfo import ClassSecurityInfo
from collective.easyform.content import EasyForm
from collective.easyform.interfaces import IEasyForm
from plone.autoform import directives
from zope.interface import implementer
from zope.schema import getFieldNames


class IQuestionForm(IEasyForm):
    """The EasyForm with a document's questions.

    Only a Manager may write it, by any way: its models could hold expressions and
    scripts. Its models are read by nobody else either. (Plone gives "Manage portal"
    to Site Administrators too, hence a permission of our own.)
    """

    directives.write_permission(
        **dict.fromkeys(getFieldNames(IEasyForm), "plonegov.ordering.ManageQuestions")
    )
    directives.read_permission(
        fields_model="plonegov.ordering.ManageQuestions",
        actions_model="plonegov.ordering.ManageQuestions",
    )


@implementer(IQuestionForm)
class QuestionForm(EasyForm):
    """Questions as EasyForm keeps and shows them; orders are made by the counter.

    ``applied`` are the values last brought from the catalogue. ``edition`` is what
    editors made of the form and published (see ``domain.forms.edition_to_plain``),
    ``pending`` what waits to be published, with ``when`` (ISO 8601), ``who`` and
    ``edition`` (None: nothing waits). ``versions`` are all published ones, oldest
    first, as such rows; ``who`` is empty for the catalogue's own.
    """

    #: Read by our own code only: no address or expression reaches what is pending.
    security = ClassSecurityInfo()
    for _name in ("applied", "edition", "pending", "versions"):
        security.declarePrivate(_name)

    applied = {}
    edition = {}
    pending = None
    versions = ()


InitializeClass(QuestionForm)
