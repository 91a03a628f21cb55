import "server-only";

interface Turn<Found> {
  readonly keys: Set<string>;
  readonly answer: Promise<Found>;
}

/**
 * One look-up for all who ask within one turn of the event loop, in place of one for each. It begins after the last of
 * them asked: each is answered with what had been committed when it asked, as by a look-up of its own. Nothing is kept.
 */
export function together<Found>(
  find: (keys: readonly string[]) => Promise<Found>,
): (key: string) => Promise<Found> {
  let open: Turn<Found> | undefined;
  return (key) => {
    open ??= begin();
    open.keys.add(key);
    return open.answer;
  };

  function begin(): Turn<Found> {
    const keys = new Set<string>();
    const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      open = undefined;
      return find([...keys]);
    });
    return { keys, answer };
  }
}
