/**
 * The kinds of events that a frame's stream carries. This is the page's only
 * list of them: a kind that is missing here reaches no page, over no transport.
 * The server's list is in hub; a test compares the two.
 */
export const NAMES = ['picture', 'searching', 'presence', 'seen', 'removed', 'queue', 'host', 'time', 'reset', 'bye'];

/** The kinds that carry an id, from which a new connection resumes. */
export const WITH_ID = ['picture'];

/** The kinds that a tab which opens later is told. Not the time, which is over by then. */
export const LASTING = ['picture', 'presence', 'queue', 'host'];

/**
 * Hands on one `{id, event, data}` object. Anything else is still a sign of life.
 *
 * @param {any} item
 * @param {{ event(name: string, id: string, data: any): void, heard?(): void }} sink
 */
export function relay(item, sink) {
  if (NAMES.includes(item?.event)) sink.event(item.event, item.id ?? '', item.data);
  else sink.heard?.();
}
