"""How costs grow with the club, drawn from `build/bench.json` into `docs/pictures/scale.png`.

    make bench ONLY=scale && python -m tests.bench.command_cost_chart

prints the table of docs/scale.md, too.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
from matplotlib import ticker
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from handlers.conversation.settings import ClubSettings
from tests.support.paths import PROJECT

_FIGURE = re.compile(r"scale: (\w+), (\d+) members, (.+), ms")
_WORTH_A_LINE = 3.0
"""What costs so many times as much in the largest club is named and coloured."""
_QUIET, _TEXT, _RAIL = "#8fa3b1", "#16242e", "#e6ecf0"
_CLUB = {one.name: str(one.default) for one in ClubSettings.__dataclass_fields__.values()}
_NAMED = (_CLUB["colour"], _CLUB["accent"], "#b3541e", "#3b6ea5", "#7a4f9a", "#8a6d1d")

Costs = Mapping[str, Mapping[int, float]]
"""What is asked, to members, to milliseconds."""


def read(file: Path) -> Mapping[str, Costs]:
    """By database."""
    found: dict[str, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for name, took_ms in json.loads(file.read_text("utf-8")).items():
        if match := _FIGURE.fullmatch(name):
            database, members, asked = match.groups()
            found[database][asked][int(members)] = took_ms
    return found


def draw(found: Mapping[str, Costs], file: Path) -> None:
    """One panel for each database; both axes in powers of ten."""
    with mpl.rc_context({"font.family": "DejaVu Sans", "font.size": 11, "text.color": _TEXT}):
        figure = Figure(figsize=(11, 5.6), dpi=120, layout="constrained")
        panels = figure.subplots(1, len(found), sharey=True, squeeze=False)[0]
        colours = _colours(found)
        for panel, (database, costs) in zip(panels, sorted(found.items()), strict=True):
            _panel(panel, database, costs, colours)
        panels[0].set_ylabel("milliseconds, median")
        figure.savefig(file)


def _colours(found: Mapping[str, Costs]) -> Mapping[str, str]:
    """What grows has the same colour in every panel."""
    growing = {
        asked: by_size
        for costs in found.values()
        for asked, by_size in costs.items()
        if _growth(by_size) >= _WORTH_A_LINE
    }
    ranked = sorted(growing, key=lambda asked: (-growing[asked][max(growing[asked])], asked))
    return {asked: _NAMED[place % len(_NAMED)] for place, asked in enumerate(ranked)}


def _panel(panel: Axes, database: str, costs: Costs, colours: Mapping[str, str]) -> None:
    panel.set(xscale="log", yscale="log", title=database, xlabel="members (cases: a tenth)")
    panel.grid(color=_RAIL, which="major")
    panel.spines[["top", "right"]].set_visible(False)
    panel.yaxis.set_major_formatter(ticker.StrMethodFormatter("{x:g}"))
    panel.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:,.0f}"))
    for asked, by_size in sorted(costs.items(), key=lambda one: -_growth(one[1])):
        sizes, took_ms = zip(*sorted(by_size.items()), strict=True)
        is_named = _growth(by_size) >= _WORTH_A_LINE
        colour = colours[asked] if is_named else _QUIET
        panel.plot(
            sizes,
            took_ms,
            color=colour,
            marker="o" if is_named else None,
            linewidth=2.2 if is_named else 0.8,
            label=f"{asked}: ×{_growth(by_size):.0f}" if is_named else None,
        )
    panel.plot([], [], color=_QUIET, linewidth=0.8, label="everything else")
    panel.legend(frameon=False, loc="upper left")


def _growth(by_size: Mapping[int, float]) -> float:
    return by_size[max(by_size)] / by_size[min(by_size)]


def table(found: Mapping[str, Costs]) -> str:
    """Milliseconds for each size, and how often the least is in the most."""
    lines = []
    for database, costs in sorted(found.items()):
        sizes = sorted(next(iter(costs.values())))
        lines.append(f"| {database} | " + " | ".join(f"{size:,}" for size in sizes) + " | growth |")
        lines.append("|---" * (len(sizes) + 2) + "|")
        for asked, by_size in sorted(costs.items(), key=lambda one: -one[1][max(one[1])]):
            cells = " | ".join(f"{by_size[size]:.1f}" for size in sizes)
            lines.append(f"| {asked} | {cells} | ×{_growth(by_size):.1f} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    measured = read(PROJECT / "build/bench.json")
    draw(measured, PROJECT / "docs/pictures/scale.png")
    print(table(measured))
