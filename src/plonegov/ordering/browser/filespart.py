"""The files of a page: each is kept as soon as it is right, whatever else is wrong."""

from collections.abc import Iterator
from plonegov.core.api import municipality
from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.files.kinds import ENDINGS
from plonegov.core.municipality.model import MEGABYTE
from plonegov.ordering import _
from plonegov.ordering.api.documents import file_limits
from plonegov.ordering.api.draftfiles import drop_files
from plonegov.ordering.api.draftfiles import files_of
from plonegov.ordering.api.draftfiles import keep_file
from plonegov.ordering.domain.attachments import FileQuestion
from plonegov.ordering.domain.attachments import limits_of
from typing import Any
from zope.i18nmessageid import Message


class TakesFiles:
    """Mixed into a page of the form whose ``files_asked`` are questions of files.

    Of a page with something wrong, the files that are right are kept; none must be
    chosen again. Those ticked to be removed are removed first.
    """

    def files_asked(self) -> tuple[FileQuestion, ...]:
        """Return what files may answer here."""
        raise NotImplementedError

    def update(self) -> None:
        super().update()
        self.show_files()

    def show_files(self) -> None:
        """Show which files are kept, and which may be added."""
        for question in self.files_asked():
            widget = self.widgets[question.id]
            widget.kept = files_of(self.draft, question.id)
            widget.more = len(widget.kept) < question.most
            endings = [end for kind in question.types for end in ENDINGS[kind]]
            widget.accept = ",".join(endings)
            files = Message(widget.field.description, mapping=self.numbers(question))
            widget.hint = self.file_hint(question, files)

    def file_hint(self, question: FileQuestion, files: Message) -> Message | str:
        """Return the hint of a question, given which files it takes."""
        return files

    def numbers(self, question: FileQuestion) -> dict[str, int]:
        """Return how many files a question takes, and of how many megabytes."""
        largest = limits_of(question, file_limits()).largest
        return {"most": question.most, "limit": largest // MEGABYTE}

    def typed(self):
        content = super().typed()
        for question in self.files_asked():
            content.pop(question.id, None)
        return content

    def take(self) -> bool:
        wrong = self.take_files()
        try:
            self.examine(self.page, self.typed())
        except InvalidInput as error:
            named = {fault.field for fault in wrong}
            wrong += [
                fault for fault in error.faults if self.question_of(fault) not in named
            ]
        if wrong:
            return self.report(sorted(wrong, key=self.place_of))
        self.keep(self.typed())
        return True

    def put_aside(self) -> bool:
        wrong = self.take_files()
        kept = super().put_aside()
        return self.report(wrong) if wrong else kept

    def take_files(self) -> list[Fault]:
        """Remove and keep files as asked; return what is wrong with the others."""
        wrong = []
        for question in self.files_asked():
            drop_files(self.draft, self.to_remove(question.id))
            for upload in self.uploads(question.id):
                data = upload.read(municipality().limits.upload_bytes + 1)
                try:
                    keep_file(self.draft, question.id, upload.filename, data)
                except InvalidInput as error:
                    wrong += [of_file(fault, upload) for fault in error.faults]
        self.show_files()
        return wrong

    def to_remove(self, name: str) -> list[str]:
        """Return the ids of the files of a question that were ticked."""
        ticked = self.request.form.get(f"{name}-remove", [])
        kept = {file.id for file in files_of(self.draft, name)}
        return [id for id in listed(ticked) if id in kept]

    def uploads(self, name: str) -> Iterator[Any]:
        """Yield the files that were sent for a question."""
        for sent in listed(self.request.form.get(name)):
            if getattr(sent, "filename", ""):
                yield sent

    def question_of(self, fault: Fault) -> str:
        """Return the question of files that a fault belongs to, or an empty text."""
        widget = self.widget_of(fault)
        return widget.name if widget is not None else ""

    def place_of(self, fault: Fault) -> int:
        """Return where on the page a fault is shown; what has no place comes first."""
        names = [widget.name for widget in self.widgets.values()]
        name = self.question_of(fault)
        return names.index(name) if name in names else -1

    def widget_of(self, fault):
        if fault.field.startswith("attachments"):
            return self.widgets.get(self.files_asked()[0].id)
        return super().widget_of(fault)

    def text_of(self, fault):
        text, name = super().text_of(fault), fault.context.get("filename", "")
        if not name:
            return text
        return _(
            "file_problem",
            default="${filename}: ${problem}",
            mapping={"filename": name, "problem": self.say(text)},
        )


def of_file(fault: Fault, upload: Any) -> Fault:
    """Return a fault that names its file."""
    context = {**fault.context, "filename": upload.filename}
    return Fault(fault.field, fault.code, context)


def listed(value: Any) -> list[Any]:
    """Return what a form's field gave as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
