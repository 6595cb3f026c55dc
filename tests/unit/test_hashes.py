"""What is installed is known by version and hash, and no file names where it comes from."""

import re
import tomllib

import pytest

from tests.support.paths import PROJECT

LISTS = ("constraints.txt", "constraints-dev.txt")
_ENTRY = re.compile(
    r"([a-z0-9-]+)==([^ ;]+)(?: ; [^\\]+?)? \\((?: --hash=sha256:[0-9a-f]{64}(?: \\)?)+)"
)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def listed(name: str) -> dict[str, str]:
    """Package to version; every line of the list has to be a part of an entry."""
    lines = (PROJECT / name).read_text("ascii").splitlines()
    text = re.sub(r"\\\n\s+", r"\\ ", "\n".join(lines))
    found = [_ENTRY.fullmatch(line) for line in text.splitlines()]
    assert all(found), [
        line for line, entry in zip(text.splitlines(), found, strict=True) if not entry
    ]
    return {entry[1]: entry[2] for entry in found if entry}


def wanted(extra: str = "") -> set[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    names = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    if extra:
        names += project["project"]["optional-dependencies"][extra]
    return {plain(re.split(r"[\[<>=!~ ;]", name)[0]) for name in names}


def test_everything_the_bot_needs_has_a_version_and_hashes() -> None:
    assert wanted() - listed("constraints.txt").keys() == set()


def test_everything_the_tests_need_has_a_version_and_hashes() -> None:
    assert wanted("dev") - listed("constraints-dev.txt").keys() == set()


def test_both_lists_name_the_same_versions() -> None:
    assert listed("constraints.txt").items() <= listed("constraints-dev.txt").items()


@pytest.mark.parametrize("name", LISTS)
def test_no_list_says_where_its_packages_come_from(name: str) -> None:
    assert not re.search(r"://|^-|index", (PROJECT / name).read_text("ascii"), re.MULTILINE)


@pytest.mark.parametrize(
    ("file", "comment"),
    [("Makefile", "#"), ("deploy/Containerfile", "#"), ("deploy/README.md", "\0")],
)
def test_nothing_is_installed_without_its_hash(file: str, comment: str) -> None:
    text = (PROJECT / file).read_text("utf-8").replace("\\\n", " ")
    installs = [
        line
        for line in text.splitlines()
        if re.search(r"pip install -|pip install \.|\$\(PIP\)", line)
        and not line.startswith(comment)
    ]
    assert installs
    for line in installs:
        is_locked = "--require-hashes -r constraints" in line or "--no-deps" in line
        assert is_locked or line.startswith("PIP :=") or "uv==" in line, line
