"""The guide for IT staff, in two languages, is what really happens when it is typed."""

from helpers.serving import free_port
from pathlib import Path

import os
import pytest
import re
import signal
import subprocess
import sys


ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "users" / "it"
ENGLISH, FRENCH = GUIDES / "second-town.md", GUIDES / "deuxieme-commune.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: What the guide calls the instance's folder and port; the test takes others.
HOME, PORT = "/srv/plonegov", "8080"
#: Seconds that the whole guide may take, typed without a pause.
PATIENCE = 900
MARK = "@@ block "


def blocks(page):
    """Return the pairs of commands and what they must print ("" for anything)."""
    pairs = []
    for kind, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "sh":
            pairs.append((text, ""))
        else:
            pairs[-1] = (pairs[-1][0], text)
    return pairs


def pattern(line):
    """Return a line of the guide as a pattern: … stands for anything."""
    return ".*".join(re.escape(part) for part in line.strip().split("…"))


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """Put this machine's folder and port into a text of the guide."""
    home, port = tmp_path_factory.mktemp("guide") / "instance", str(free_port())
    home.mkdir(mode=0o700)
    bin_folder = str(Path(sys.executable).parent)

    def put(text):
        text = text.replace("$PWD/.venv/bin", bin_folder)
        return text.replace(HOME, str(home)).replace(PORT, port)

    return put


@pytest.fixture(scope="module")
def printed(here):
    """What each block of the English guide prints, typed one after the other."""
    script = ["set -euo pipefail"]
    for number, (commands, _) in enumerate(blocks(ENGLISH)):
        script += [f"echo '{MARK}{number}'", here(commands)]
    environment = {
        key: value for key, value in os.environ.items() if "PLONEGOV" not in key
    }
    shell = subprocess.Popen(
        ["bash", "-c", "\n".join(script)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output = shell.communicate(timeout=PATIENCE)[0]
    finally:
        if shell.poll() != 0:
            os.killpg(shell.pid, signal.SIGKILL)
    assert shell.returncode == 0, output
    return re.split(rf"{MARK}\d+\n", output)[1:]


@pytest.mark.parametrize("number", range(len(blocks(ENGLISH))))
def test_each_block_prints_what_the_guide_says(printed, here, number):
    shown, place = printed[number], 0
    for line in here(blocks(ENGLISH)[number][1]).splitlines():
        found = re.search(pattern(line), shown[place:])
        assert found, f"{line!r} is not in:\n{shown}"
        place += found.end()


def test_both_languages_have_the_same_commands():
    assert blocks(FRENCH) == blocks(ENGLISH)


def test_both_languages_have_the_same_chapters():
    chapters = [
        [
            line.split(" ")[1]
            for line in page.read_text().splitlines()
            if line[:3] == "## "
        ]
        for page in (ENGLISH, FRENCH)
    ]
    numbers = [[each for each in found if each[0].isdigit()] for found in chapters]
    assert numbers[0] == numbers[1] != []
