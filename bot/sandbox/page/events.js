// The sandbox's server-sent events, with reconnection after a restart.

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;

/**
 * Listens until the page is closed. `onOpen` is called at each (re)connection: events in between are
 * lost, so the page reads everything again. `onEvent` gets a parsed event; `onLost` is called when
 * the connection is lost.
 */
export function listen({ onOpen, onEvent, onLost }) {
  let retryMs = FIRST_RETRY_MS;
  const connect = () => {
    const source = new EventSource("/sandbox/events");
    source.onopen = () => { retryMs = FIRST_RETRY_MS; onOpen(); };
    source.onmessage = (event) => onEvent(JSON.parse(event.data));
    source.onerror = () => {
      source.close();
      onLost();
      setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    };
  };
  connect();
}
