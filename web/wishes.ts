/**
 * One request at a time for one thing, and the last wish wins: quick fingers make no race. When the server refuses,
 * what it said yes to last is shown again. It knows nothing of what is wished for.
 */
type Wished<Value> = { wanted: Value; confirmed: Value; done: Promise<void> };

export function createWishes() {
  const underWay = new Map<string, Wished<unknown>>();

  /** Resolves when the server has agreed to the last wish; throws what it answered instead, after `show`. */
  return async function wish<Value>(
    key: string,
    ask: {
      /** What the server holds, as far as is known, and what it should hold. */
      was: Value;
      wanted: Value;
      /** Resolves with what the server holds now. */
      send: (value: Value) => Promise<Value>;
      /** Puts a value on the screen. */
      show: (value: Value) => void;
    },
  ): Promise<void> {
    ask.show(ask.wanted);
    const known = underWay.get(key) as Wished<Value> | undefined;
    if (known) {
      known.wanted = ask.wanted;
      return known.done;
    }
    const mine: Wished<Value> = { wanted: ask.wanted, confirmed: ask.was, done: Promise.resolve() };
    underWay.set(key, mine as Wished<unknown>);
    mine.done = (async () => {
      try {
        let sent = ask.was;
        while (!Object.is(sent, mine.wanted)) {
          sent = mine.wanted;
          mine.confirmed = await ask.send(sent);
        }
        // Whatever came in between, such as an older answer: this is what holds.
        ask.show(mine.confirmed);
      } catch (error) {
        ask.show(mine.confirmed);
        throw error;
      } finally {
        underWay.delete(key);
      }
    })();
    return mine.done;
  };
}
