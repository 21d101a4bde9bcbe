"""What is installed are the versions that were tested; the image holds them by hash, and may do little."""

import itertools
import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import Settings
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.txt": [*PROJECT["dependencies"], *EXTRAS["postgres"]],
    "requirements-neural.txt": [*PROJECT["dependencies"], *EXTRAS["postgres"], *EXTRAS["neural"]],
}
CONSTRAINTS = "constraints.txt"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if name != "postgres"}


def pinned(name):
    """Package → version and number of hashes."""
    text = (ROOT / ".ci" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.findall(r"^([\w.-]+)==([^\s;]+)(.*)$", text, re.MULTILINE)
    return {canonicalize_name(package): (version, rest.count("--hash=sha256:")) for package, version, rest in found}


@pytest.mark.parametrize("name", LOCKS)
def test_every_dependency_is_pinned_with_hashes(name):
    """As pyproject.toml allows it; `.ci/lock` pins anew."""
    lock = pinned(name)
    for text in LOCKS[name]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(lock[canonicalize_name(wanted.name)][0]), text
    assert all(hashes for _, hashes in lock.values())


def applies(requirement, python):
    """Whether a requirement is one on this version of Python, here."""
    return requirement.marker is None or requirement.marker.evaluate(
        {"python_version": python, "python_full_version": f"{python}.0"}
    )


@pytest.mark.parametrize("python", PYTHONS)
def test_every_dependency_of_every_extra_is_pinned_as_tested(python):
    """Once for each Python that we name, as pyproject.toml allows it."""
    lines = (ROOT / ".ci" / CONSTRAINTS).read_text(encoding="utf-8").splitlines()
    pins = [pin for pin in map(Requirement, lines) if applies(pin, python)]
    versions = {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}
    assert len(versions) == len(pins)
    wanted = map(Requirement, [*PROJECT["dependencies"], *itertools.chain.from_iterable(EXTRAS.values())])
    missing = [
        str(want)
        for want in wanted
        if want.name != PROJECT["name"]
        and applies(want, python)
        and not want.specifier.contains(versions.get(canonicalize_name(want.name), "0"))
    ]
    assert missing == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_image_holds_what_was_tested(name):
    """The same versions as everywhere; only what builds it stands beside them."""
    tested = pinned(CONSTRAINTS)
    assert {k: v for k, (v, _) in pinned(name).items() if k != "setuptools" and v != tested[k][0]} == {}


def test_the_readme_installs_what_was_tested():
    """Both of its commands."""
    commands = re.findall(r"^python3 -m venv .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 2
    assert all(f"--constraint .ci/{CONSTRAINTS} " in command for command in commands)


@pytest.mark.parametrize("name", [*LOCKS, CONSTRAINTS])
def test_a_lock_file_names_no_index(name):
    """Whoever builds chooses where packages come from."""
    text = (ROOT / ".ci" / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|--extra", text)


@pytest.mark.parametrize("service", OURS)
def test_a_container_may_do_little(service):
    """A read-only root, no capabilities, no new privileges, the token from a secret."""
    what = OURS[service]
    assert what["read_only"]
    assert what["cap_drop"] == ["ALL"]
    assert what["security_opt"] == ["no-new-privileges:true"]
    assert what["environment"]["DISCORD_TOKEN_FILE"] == "/run/secrets/discord_token"
    assert {name.lower() for name in what["environment"]} <= set(Settings.model_fields)


def test_the_cluster_has_every_shard_once():
    """As many processes as shards, and one database for all."""
    cluster = [service for service in OURS.values() if "cluster" in service.get("profiles", ())]
    shards = [service["environment"]["SHARD_IDS"] for service in cluster]
    assert sorted(map(int, shards)) == list(range(len(cluster)))
    assert {service["environment"]["SHARD_COUNT"] for service in cluster} == {str(len(cluster))}
    assert len({service["environment"]["DATABASE_URL"] for service in cluster}) == 1


def test_the_image_runs_as_nobody():
    """Not as root, and asked for its health."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER advisor$", text, re.MULTILINE)
    assert "--require-hashes" in text
    assert "HEALTHCHECK" in text
