/** One deed on many, two at a time; each is told by itself, so that one that fails takes no other with it. */
export async function onEach<Item>(
  items: readonly Item[],
  deed: (item: Item) => Promise<unknown>,
  told: (done: number) => void,
): Promise<{ item: Item; error: unknown }[]> {
  const failed: { item: Item; error: unknown }[] = [];
  const waiting = [...items];
  let done = 0;
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await deed(item);
      } catch (error) {
        failed.push({ item, error });
      }
      told(++done);
    }
  };
  await Promise.all([work(), work()]);
  return failed;
}
