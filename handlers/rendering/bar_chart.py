"""Bar charts for phones, on a light or dark background; a text beside them has the same numbers.

Drawing takes some tenths of a second of processor time, so a worker does it (`Reply.draw`). The height
of the picture grows with its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from handlers.rendering.contrast import Palette, contrasting

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 1080
"""Width of the picture in pixels."""
_WIDE = 800
"""Width of the layout in units. A phone shows less than half of that in pixels, so no letter is
lower than 30 units."""
_DPI = 100
_MARGIN = 40
_TITLE, _HEADING, _LABEL, _SMALL = 46, 38, 34, 30
"""Heights of letters in layout units, as all sizes below."""
_BAR, _GAP = 40, 30
_COLUMNS = 360
_SCALE = 545
"""Length of the longest bar; its figure follows it."""
_LINES = 3
"""Maximum lines of a label or title; the text beside the chart has it in full."""
_ROOM = _WIDE - 2 * _MARGIN - 30
"""Maximum length of a line, which leaves room for an ellipsis."""


class _Theme(NamedTuple):
    colour: str
    text: str
    quiet: str
    rail: str
    first: str
    """Colour of the first series."""


_LIGHT = _Theme("#ffffff", "#16242e", "#52636f", "#e6ecf0", "#8fa3b1")
_DARK = _Theme("#17212b", "#f2f6f9", "#a9bac7", "#253544", "#7d96a8")


class _Colours(NamedTuple):
    ground: str
    text: str
    quiet: str
    rail: str
    series: tuple[str, str, str]


def _colours(club: Palette, *, dark: bool) -> _Colours:
    """The club's colours, changed where their contrast to the background is too low."""
    ground = _DARK if dark else _LIGHT
    opened, shared = contrasting(club.accent, ground.rail), contrasting(club.colour, ground.rail)
    return _Colours(
        ground.colour, ground.text, ground.quiet, ground.rail, (ground.first, opened, shared)
    )


@dataclass(frozen=True)
class Row:
    """One row of a panel: a label and one value for each series."""

    label: str
    values: tuple[int, ...]
    tint: int | None = None
    """Index of its first colour, if rows have different colours."""
    texts: tuple[str, ...] = ()
    """Labels of the bars, if not the values."""

    def text(self, place: int) -> str:
        """The label of the bar with this index."""
        return self.texts[place] if self.texts else _figure(self.values[place])


@dataclass(frozen=True)
class Panel:
    """A heading and its bars."""

    heading: str
    rows: tuple[Row, ...]
    series: tuple[str, ...] = ()
    """Names of the series for the legend; empty for a single series, which the heading names."""
    tint: int = 1
    """Index of the colour of the first series, so that a series has one colour in all panels."""
    upright: bool = False
    """Whether bars are vertical, for days, instead of horizontal."""


@dataclass(frozen=True)
class Chart:
    """One picture with several panels."""

    title: str
    panels: tuple[Panel, ...]


def draw(chart: Chart, palette: Palette, *, dark: bool) -> bytes:
    """Draws the chart as a PNG."""
    return _Drawing(chart, _colours(palette, dark=dark)).png()


class _Drawing:
    def __init__(self, chart: Chart, colours: _Colours) -> None:
        # Imported with the first chart: the import takes a second, and most processes draw none.
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415

        self._chart = chart
        self._colours = colours
        self._figure: Figure = Figure(figsize=(_WIDE / _DPI, 1), dpi=_DPI)
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._y = float(_MARGIN)

    def png(self) -> bytes:
        self._draw_lines(self._chart.title, _TITLE, self._colours.text, bold=True)
        for panel in self._chart.panels:
            self._panel(panel)
        height = self._y + _MARGIN / 2
        self._figure.set_size_inches(_WIDE / _DPI, height / _DPI)
        self._axes.set_xlim(0, _WIDE)
        self._axes.set_ylim(height, 0)
        png = BytesIO()
        self._figure.savefig(
            png, format="png", dpi=_DPI * WIDTH / _WIDE, facecolor=self._colours.ground
        )
        return png.getvalue()

    def _panel(self, panel: Panel) -> None:
        self._y += _GAP
        self._draw_lines(panel.heading, _HEADING, self._colours.text, bold=True)
        if panel.series:
            self._legend(panel)
        if panel.upright:
            self._vertical_bars(panel)
        else:
            self._horizontal_bars(panel)

    def _legend(self, panel: Panel) -> None:
        x = float(_MARGIN)
        for name, colour in zip(panel.series, self._tints(panel), strict=False):
            self._box(x, self._y + 4, _SMALL - 4, _SMALL - 4, colour)
            self._text(x + _SMALL + 8, self._y, name, _SMALL, self._colours.quiet)
            x += _SMALL + 8 + self._width(name, _SMALL) + 36
        self._y += _SMALL + 18

    def _horizontal_bars(self, panel: Panel) -> None:
        most = max((value for row in panel.rows for value in row.values), default=0) or 1
        for row in panel.rows:
            self._draw_lines(row.label, _LABEL, self._colours.quiet)
            tints = zip(row.values, self._tints(panel, row), strict=False)
            for place, (value, colour) in enumerate(tints):
                self._box(_MARGIN, self._y, _SCALE, _BAR - 8, self._colours.rail)
                self._box(_MARGIN, self._y, _SCALE * value / most, _BAR - 8, colour)
                self._text(
                    _MARGIN + _SCALE + 20, self._y, row.text(place), _LABEL, self._colours.text
                )
                self._y += _BAR
            self._y += 14

    def _vertical_bars(self, panel: Panel) -> None:
        most = max((value for row in panel.rows for value in row.values), default=0) or 1
        room = (_WIDE - 2 * _MARGIN) / max(1, len(panel.rows))
        ground = self._y + _COLUMNS
        for place, row in enumerate(panel.rows):
            middle = _MARGIN + room * (place + 0.5)
            self._columns(panel, row, middle, ground, most)
            if _is_labelled(place, len(panel.rows)):
                self._text(
                    middle, ground + 12, row.label, _SMALL, self._colours.quiet, align="center"
                )
        self._box(_MARGIN, ground, _WIDE - 2 * _MARGIN, 3, self._colours.rail)
        self._y = ground + _SMALL + 36

    def _columns(self, panel: Panel, row: Row, middle: float, ground: float, most: int) -> None:
        room = min(0.8 * (_WIDE - 2 * _MARGIN) / len(panel.rows), 220.0)
        each = room / len(row.values)
        for place, (value, colour) in enumerate(zip(row.values, self._tints(panel), strict=False)):
            height = (_COLUMNS - 50) * value / most
            x = middle - room / 2 + each * place
            self._box(x, ground - height, each * 0.9, height, colour)
            figure = row.text(place)
            if value and (value == most or self._width(figure, _SMALL) < each * 1.25):
                at = (x + each * 0.45, ground - height - _SMALL - 10)
                self._text(*at, figure, _SMALL, self._colours.text, align="center")

    def _tints(self, panel: Panel, row: Row | None = None) -> Sequence[str]:
        first = panel.tint if row is None or row.tint is None else row.tint
        return (*self._colours.series, *self._colours.series)[first:]

    def _draw_lines(self, words: str, size: int, colour: str, *, bold: bool = False) -> None:
        """Draws wrapped lines over the full width and moves `_y` below them."""
        lines = self._lines(words, size, bold=bold)
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
        for line in lines:
            self._text(_MARGIN, self._y, line, size, colour, bold=bold)
            self._y += size * 1.3
        self._y += size * 0.15

    def _lines(self, words: str, size: int, *, bold: bool) -> list[str]:
        lines = [""]
        for word in self._pieces(words, size, bold=bold):
            longer = f"{lines[-1]} {word}".strip()
            if not lines[-1] or self._width(longer, size, bold=bold) <= _ROOM:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _pieces(self, words: str, size: int, *, bold: bool) -> Iterator[str]:
        """The words; a word that is longer than a line is broken."""
        for word in words.split():
            rest = word
            while (width := self._width(rest, size, bold=bold)) > _ROOM:
                fits = max(1, int(len(rest) * _ROOM / width * 0.9))
                yield rest[:fits]
                rest = rest[fits:]
            yield rest

    def _width(self, words: str, size: int, *, bold: bool = False) -> float:
        from matplotlib.font_manager import FontProperties  # noqa: PLC0415

        font = FontProperties(family="DejaVu Sans", weight=_weight(bold), size=_points(size))
        renderer = self._canvas.get_renderer()  # type: ignore[no-untyped-call]
        return float(renderer.get_text_width_height_descent(words, font, ismath=False)[0])

    def _text(
        self, x: float, y: float, words: str, size: int, colour: str,
        *, align: str = "left", bold: bool = False,
    ) -> None:  # fmt: skip
        self._axes.text(
            x, y, words, color=colour, fontsize=_points(size), fontfamily="DejaVu Sans",
            fontweight=_weight(bold), ha=align, va="top", parse_math=False,
        )  # fmt: skip

    def _box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, linewidth=0))


def _points(pixels: int) -> float:
    return pixels * 72 / _DPI * 0.86


def _weight(bold: bool) -> str:  # noqa: FBT001 - its only argument
    return "bold" if bold else "normal"


def _figure(value: int) -> str:
    """`1 204`, a format that both languages read the same way."""
    return f"{value:,}".replace(",", " ")


def _is_labelled(place: int, count: int) -> bool:
    """Whether this day has a label: each of up to eight days, else every second one."""
    return count <= 8 or place % 2 == 0
