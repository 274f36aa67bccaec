"""What a clerk enters of a round of an election, and where the election stands."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from plonegov.core.errors import Fault
from plonegov.core.typed.reader import Reader
from plonegov.core.typed.text import clean_name
from plonegov.deliberations.domain.elections import Round
from plonegov.deliberations.domain.elections import Standings
from plonegov.deliberations.domain.errors import CandidateNotListed
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.voting import MOST
from typing import Any


KEYS = ("seats", "candidates", "papers", "blank", "void", "mode", "waived")
CANDIDATE = ("name", "votes")


@dataclass(frozen=True)
class EnteredRound:
    """A round as it was entered; ``votes`` in the order of ``candidates``, from the
    eldest to the youngest. ``seats`` counts in the first round only."""

    seats: int
    candidates: tuple[str, ...]
    votes: tuple[int, ...]
    papers: int
    blank: int
    void: int
    mode: Mode
    waived: bool


@dataclass(frozen=True)
class Standing:
    """Where an election stands.

    ``number`` and ``seats`` are those of the round to come, ``elected`` who is elected
    so far. ``run_off``: who alone may stand, from the eldest on; empty: whoever wants.
    ``candidates`` stood in the last round. ``open``: rounds were held, and there is a
    further one; ``over``: there is none.
    """

    number: int = 1
    seats: int = 0
    elected: tuple[str, ...] = ()
    run_off: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    open: bool = False
    over: bool = False


def read_round(given: Mapping[str, Any], faults: list[Fault]) -> EnteredRound | None:
    """Return a round as it was entered; None when something is wrong with it.

    :param given: ``seats``; ``candidates``: of each ``name`` and ``votes``, from the
        eldest to the youngest; ``papers`` (valid ones), ``blank``, ``void``; ``mode``
        (secret unless said) and ``waived``: the body waived secrecy unanimously.
    :param faults: gets what is wrong.
    """
    before = len(faults)
    reader = Reader(given, KEYS, faults)
    candidates, votes = _candidates(reader)
    papers, blank, void = (_count(reader, key) for key in ("papers", "blank", "void"))
    seats = _count(reader, "seats")
    mode = reader.choice("mode", Mode, required=False) or Mode.SECRET
    waived = reader.flag("waived")
    if len(faults) > before:
        return None
    return EnteredRound(
        seats, candidates, votes, papers, blank, void, Mode(mode), waived
    )


def standing(rounds: Sequence[Mapping[str, Any]]) -> Standing:
    """Return where an election stands.

    :param rounds: rows of ``round_row``, in the order of the rounds.
    """
    if not rounds:
        return Standing()
    last, first = rounds[-1], rounds[0]
    open_ = last["verdict"] == Verdict.NEXT_ROUND
    age = {name: place for place, name in enumerate(first["candidates"])}
    return Standing(
        number=last["number"] + 1,
        seats=last["seats_left"],
        elected=tuple(name for each in rounds for name in each["elected"]),
        run_off=tuple(
            sorted(last["run_off"], key=lambda name: age.get(name, len(age)))
        ),
        candidates=tuple(last["candidates"]),
        open=open_,
        over=not open_,
    )


def round_of(entered: EnteredRound, now: Standing, faults: list[Fault]) -> Round | None:
    """Return the round that was entered; None when something is wrong with it.

    :raises CandidateNotListed: somebody stands who is elected already, or who is not in
        the run-off.
    """
    seats = now.seats if now.open else entered.seats
    if not seats:
        faults.append(Fault("seats", "seats_missing"))
    if not entered.candidates:
        faults.append(Fault("candidates", "candidates_missing"))
    if faults:
        return None
    for name in entered.candidates:
        if name in now.elected or (now.run_off and name not in now.run_off):
            raise CandidateNotListed(candidate=name)
    return Round(
        number=now.number,
        seats=seats,
        candidates=now.run_off or entered.candidates,
        votes=dict(zip(entered.candidates, entered.votes, strict=True)),
        papers=entered.papers,
        blank=entered.blank,
        void=entered.void,
    )


def round_row(
    held: Round, found: Standings, *, unopposed: bool = False
) -> dict[str, Any]:
    """Return a round and what came out of it as JSON types.

    :param unopposed: nobody voted, since there were as many candidates as seats.
    """
    return {
        "unopposed": unopposed,
        "number": held.number,
        "seats": held.seats,
        "candidates": list(held.candidates),
        "votes": {name: held.votes_of(name) for name in held.candidates},
        "papers": held.papers,
        "blank": held.blank,
        "void": held.void,
        "verdict": str(found.verdict),
        "elected": list(found.elected),
        "seats_left": found.seats_left,
        "run_off": list(found.run_off),
    }


def _candidates(reader: Reader) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return names and votes of those who stand; each stands once."""
    rows = reader.data.get("candidates") or ()
    if not isinstance(rows, list | tuple):
        reader.fault("candidates", "list_expected")
        return (), ()
    found: dict[str, int] = {}
    for place, row in enumerate(rows[:MOST]):
        path = f"candidates.{place}"
        if not isinstance(row, Mapping):
            reader.fault(path, "object_expected")
            continue
        one = Reader(row, CANDIDATE, reader.faults, path)
        name = one.text("name", clean_name, required=True)
        if name in found:
            one.fault("name", "candidate_twice")
        found[name] = _count(one, "votes")
    return tuple(found), tuple(found.values())


def _count(reader: Reader, key: str) -> int:
    number = reader.whole(key, 0) or 0
    if not 0 <= number <= MOST:
        reader.fault(key, "number_too_large", most=MOST)
        return 0
    return number
