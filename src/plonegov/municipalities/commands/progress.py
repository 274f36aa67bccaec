"""A bar on the terminal for work that takes long."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from rich.console import Console
from rich.progress import Progress


@contextmanager
def bars(quiet: bool) -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Yield what makes a bar of a title; call the bar with how much of how much is done.

    Written to standard error, and only when that is a terminal.
    """
    console = Console(stderr=True)
    with Progress(console=console, disable=quiet or not console.is_terminal) as shown:

        def bar(title: str) -> Callable[[int, int], None]:
            task = shown.add_task(title, total=None)
            return lambda done, total: shown.update(task, completed=done, total=total)

        yield bar
