"""``docs/reference/benchmarks.md``: ratios, and what they were taken from."""

from datetime import date
from importlib.metadata import version
from statistics import median
from tests.bench.measures import Measure
from tests.bench.measures import Results

import os
import platform


HEAD = """\
# Benchmarks

Written by `make bench` on {day}: {cores} cores, Python {python}, Plone {plone}, Zope
{zope}, RelStorage {relstorage} on SQLite. {how}

Each figure is a ratio between two measurements of the same run, the median of
{rounds} rounds. Beside us runs plain Plone: the classic distribution, Barceloneta
through Diazo, waitress with its stock 4 threads, no filter, the same storage. The
clients run on the same machine as both servers, so that times say nothing about
another machine; ratios do. plonemeeting.portal.core, which a town would use for its
deliberations without us, runs on Plone 6.1 and Python 3.12, for which it was made
(`tests/bench/plonemeeting.txt`), in the same way.

## Ratios

| what | ratio | bound | holds |
|---|---|---|---|
{ratios}
{left_out}
## Whole

{faults}

| requests | answers by status |
|---|---|
{counts}

## Medians behind the ratios

In milliseconds on this machine; no verdict rests on them.

| requests | median |
|---|---|
{medians}
"""


def text(results: Results, rounds: int, quick: bool) -> str:
    """Return the page."""
    how = "A quick run: too short for a verdict." if quick else "A full run."
    return HEAD.format(
        day=date.today().isoformat(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        plone=version("Products.CMFPlone"),
        zope=version("Zope"),
        relstorage=version("RelStorage"),
        how=how,
        rounds=rounds,
        ratios="\n".join(map(_row, results.measures.values())),
        left_out=_left_out(results),
        faults=_faults(results),
        counts="\n".join(_count(name, seen) for name, seen in results.seen.items()),
        medians="\n".join(
            f"| {name} | {median(values):.1f} |"
            for name, values in results.medians.items()
        ),
    )


def _row(measure: Measure) -> str:
    if measure.bound is None:
        return f"| {measure.title} | {measure.value:.2f} | – | – |"
    sign = {">=": "at least", "<=": "at most", "<": "under"}[measure.sense]
    holds = "yes" if measure.holds else "**no**"
    return f"| {measure.title} | {measure.value:.2f} | {sign} {measure.bound:g} | {holds} |"


def _left_out(results: Results) -> str:
    """Return what was not measured as lines of their own, nothing when all was."""
    return "".join(f"\nNot measured. {what}\n" for what in results.left_out)


def _faults(results: Results) -> str:
    if not results.faults:
        return (
            "No order and no document was lost or stored twice, and none of our "
            "answers had a status of 500 or more."
        )
    return "\n".join(f"- **{fault}**" for fault in results.faults)


def _count(name: str, seen) -> str:
    statuses = ", ".join(
        f"{number} × {status or 'no answer'}" for status, number in sorted(seen.items())
    )
    return f"| {name} | {statuses} |"
