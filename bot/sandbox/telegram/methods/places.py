"""`sendLocation` and `sendVenue`."""

from bot.sandbox.content import keyboards
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.chats import open_chat_of
from bot.sandbox.telegram.methods.send import deliver
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

_LIVE_FIELDS = ("live_period", "heading", "proximity_alert_radius")
_VENUE_FIELDS = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


def send_location(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Sends a point on the map. A live location can be sent, but not moved or stopped."""
    return _send(state, parameters, {"location": _location(parameters)})


def send_venue(state: SandboxState, parameters: Parameters) -> JsonObject:
    """Sends a place with its name and address; the message has its `location` as well."""
    location = _location(parameters)
    named = {name: parameters.text(name) for name in ("title", "address")}
    for name, value in named.items():
        require(value.strip(), f"venue {name} must be non-empty")
    ids = {name: parameters.text(name) for name in _VENUE_FIELDS if parameters.text(name)}
    venue = {"location": location, **named, **ids}
    return _send(state, parameters, {"location": location, "venue": venue})


def _send(state: SandboxState, parameters: Parameters, content: JsonObject) -> JsonObject:
    markup = keyboards.read(parameters)
    return deliver(state, open_chat_of(state, parameters), parameters, content, markup)


def _location(parameters: Parameters) -> JsonObject:
    location: JsonObject = {
        "latitude": _degrees(parameters, "latitude", 90),
        "longitude": _degrees(parameters, "longitude", 180),
    }
    if parameters.given("horizontal_accuracy"):
        location["horizontal_accuracy"] = _number(parameters, "horizontal_accuracy")
    given = {name: parameters.integer(name) for name in _LIVE_FIELDS}
    return location | {name: value for name, value in given.items() if value > 0}


def _degrees(parameters: Parameters, name: str, limit: int) -> float:
    require(parameters.text(name).strip(), f"{name} is empty")
    value = _number(parameters, name)
    require(-limit <= value <= limit, "invalid location specified")
    return value


def _number(parameters: Parameters, name: str) -> float:
    try:
        return float(parameters.text(name))
    except ValueError:
        raise bad_request("invalid location specified") from None
