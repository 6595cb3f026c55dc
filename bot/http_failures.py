"""Which failures of an HTTP call say that the request was never sent, for every messenger's client.

A request that was never sent may be sent again; one whose response was lost may have had its effect.
"""

from typing import Final

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError

NEVER_SENT: Final = (ClientConnectorError, ConnectionTimeoutError)
"""No connection was made. Catch these first: they are among `RESPONSE_LOST`, too."""
RESPONSE_LOST: Final = (ClientError, TimeoutError, ConnectionError)
"""The request was sent, perhaps in part, and no whole response came back."""
