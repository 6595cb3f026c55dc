// What happens in the sandbox, as it happens: server-sent events that survive a restart.

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;

/**
 * Listens for ever. `onOpen` is called at every (re)connection: what happened in between is unknown,
 * so the page reads everything again. `onEvent` gets one parsed event, `onLost` the loss.
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
