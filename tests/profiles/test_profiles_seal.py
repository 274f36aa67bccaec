"""``plonegov seal`` while the site serves: what was changed is told, and not sealed over."""

import json
import pytest


@pytest.fixture
def links(served):
    """The file of the links, which is as it was afterwards."""
    file = served.home / "registers" / "seneffe" / "chain.jsonl"
    before = file.read_bytes() if file.exists() else None
    yield file
    if before is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(before)


@pytest.mark.parametrize("how", [(), ("--verify",)])
def test_registers_that_nobody_touched_are_as_they_were_sealed(served, how):
    code, out, err = served.run("seal", "--municipality", "seneffe", *how, "--json")
    assert code == 0, err
    [row] = json.loads(out)
    assert (row["municipality"], row["problems"]) == ("seneffe", [])


@pytest.mark.parametrize("how", [(), ("--verify",)])
def test_a_chain_that_cant_be_read_is_said_to_be_so(served, links, how):
    links.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    links.write_bytes(b"no link\n")
    links.chmod(0o600)
    code, out, _err = served.run("seal", "--municipality", "seneffe", *how, "--json")
    assert code == 1
    [row] = json.loads(out)
    assert len(row["problems"]) == 1 and row["entries"] == 0
    assert links.read_bytes() == b"no link\n"
