"""A place on the map."""

from dataclasses import dataclass

_DIGITS = 6
"""Decimal places of degrees that are shown: about 10 cm."""


@dataclass(frozen=True)
class MapPoint:
    """A point in degrees (WGS 84) with the words that name it."""

    latitude: float
    longitude: float
    name: str
    address: str = ""

    @property
    def link(self) -> str:
        """The address of a public map with a mark at this point."""
        latitude, longitude = round(self.latitude, _DIGITS), round(self.longitude, _DIGITS)
        return (
            f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"
            f"#map=18/{latitude}/{longitude}"
        )
