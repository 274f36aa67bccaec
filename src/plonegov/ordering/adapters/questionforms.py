"""A document's questions over REST: as any content, without EasyForm's saved answers."""

from plone.restapi.deserializer.dxcontent import DeserializeFromJson
from plone.restapi.interfaces import IDeserializeFromJson
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.dxcontent import SerializeToJson
from plonegov.ordering.content.questionform import IQuestionForm
from plonegov.ordering.interfaces import IOrderingLayer
from zope.component import adapter
from zope.interface import implementer


@implementer(ISerializeToJson)
@adapter(IQuestionForm, IOrderingLayer)
class QuestionFormToJson(SerializeToJson):
    """The fields that the reader may read; a form of ours saves no answers."""


@implementer(IDeserializeFromJson)
@adapter(IQuestionForm, IOrderingLayer)
class QuestionFormFromJson(DeserializeFromJson):
    """The fields that the writer may write; no answers come in."""
