"""Names of modules and sizes of packages keep to the two lists of CONTRIBUTING.md."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.paths import PROJECT

LAYERS = ("storage", "scheduler", "handlers", "bot")
ANY_OTHER = "any other"
TEXT = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
_NO_PACKAGE = {"__pycache__", "__init__.py"}


def lines_below(head: str) -> list[list[str]]:
    """The cells of the table of CONTRIBUTING.md that has this head."""
    table = TEXT.split(f"{head}\n", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()][
        1:
    ]


REPEATING = {
    re.findall(r"`(\w+)`", where)[0]: set(re.findall(r"`(\w+)`", names))
    for where, names in lines_below("| where | base names that may repeat |")
}
LIMITS = {name.strip("`"): int(most) for name, most in lines_below("| package | at most |")}


def repeated(modules: Iterable[Path], allowed: set[str]) -> dict[str, list[str]]:
    """Base names that stand more than once, without those that may."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in modules:
        places[path.stem].append(str(path))
    return {stem: paths for stem, paths in places.items() if len(paths) > 1 and stem not in allowed}


def modules_of(layer: str) -> list[Path]:
    """The modules of a layer that have a name of their own; tables go by who queries them."""
    found = [path.relative_to(PROJECT) for path in sorted((PROJECT / layer).rglob("*.py"))]
    own = [path for path in found if not path.stem.startswith("__")]
    return [path for path in own if path.parts[1] not in ("migrations", "models")]


def entries(package: Path) -> list[str]:
    """What stands in a package, without what every package has."""
    return sorted(path.name for path in package.iterdir() if path.name not in _NO_PACKAGE)


def packages() -> list[Path]:
    """Every package of ours."""
    return sorted(
        path.parent for layer in LAYERS for path in (PROJECT / layer).rglob("__init__.py")
    )


@pytest.mark.parametrize("layer", LAYERS)
def test_a_base_name_stands_once_in_each_layer(layer: str) -> None:
    assert repeated(modules_of(layer), REPEATING.get(layer, set())) == {}


def test_every_name_that_may_repeat_does() -> None:
    for layer, allowed in REPEATING.items():
        stems = [path.stem for path in modules_of(layer)]
        assert {name for name in allowed if stems.count(name) < 2} == set(), layer


def test_a_module_of_tables_shares_no_name_with_another() -> None:
    stems = [path.stem for path in (PROJECT / "storage/models").glob("*.py")]
    assert len(stems) == len(set(stems))


def test_no_package_is_a_wall() -> None:
    sizes = {str(path.relative_to(PROJECT)): len(entries(path)) for path in packages()}
    too_large = {
        name: size for name, size in sizes.items() if size > LIMITS.get(name, LIMITS[ANY_OTHER])
    }
    assert set(LIMITS) - {ANY_OTHER} <= set(sizes)
    assert too_large == {}


def test_a_repeated_name_is_noticed() -> None:
    modules = [Path("bot/zalo/errors.py"), Path("bot/telegram/errors.py")]
    assert repeated(modules, {"errors"}) == {}
    assert list(repeated(modules, set())) == ["errors"]
