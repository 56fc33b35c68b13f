/**
 * What the memory bench brings into the page: counts of what a browser does not count by itself, and edits made as a
 * person makes them, through the buttons and fields of the page. One function, since it travels as text.
 */
export type StillThere = {
  textures: number;
  frames: number;
  programs: number;
  cards: number;
  pictures: number;
  clocks: number;
  workers: number;
};
declare global {
  var editing: { still(): StillThere; edit(lots: number[], only: string[] | null): Promise<string> };
}

export function counting(): void {
  const there = { textures: 0, frames: 0, programs: 0, cards: 0, pictures: 0, clocks: 0, workers: 0 };
  const count = (proto: object, name: string, key: keyof typeof there, by: number) => {
    const all = proto as Record<string, (...args: unknown[]) => unknown>;
    const real = all[name]!;
    all[name] = function (this: unknown, ...args: unknown[]) {
      if (by > 0 || args[0]) there[key] += by;
      return real.apply(this, args);
    };
  };
  const card = WebGL2RenderingContext.prototype;
  count(card, 'createTexture', 'textures', 1);
  count(card, 'deleteTexture', 'textures', -1);
  count(card, 'createFramebuffer', 'frames', 1);
  count(card, 'deleteFramebuffer', 'frames', -1);
  count(card, 'createProgram', 'programs', 1);
  count(card, 'deleteProgram', 'programs', -1);
  const cards = new FinalizationRegistry<null>(() => there.cards--);
  for (const proto of [HTMLCanvasElement.prototype, OffscreenCanvas.prototype]) {
    const known = new WeakSet<object>();
    const real = proto.getContext as (...args: unknown[]) => object | null;
    proto.getContext = function (this: object, ...args: unknown[]) {
      const made = real.apply(this, args);
      if (args[0] === 'webgl2' && made && !known.has(made)) {
        known.add(made);
        there.cards++;
        cards.register(made, null);
      }
      return made;
    } as never;
  }
  // Pictures come from a decoder, from another picture, or are made of something.
  const open = new WeakSet<object>();
  const opened = (frame: VideoFrame) => {
    open.add(frame);
    there.pictures++;
    return frame;
  };
  const [RealDecoder, RealFrame] = [VideoDecoder, VideoFrame];
  const [close, clone] = [RealFrame.prototype.close, RealFrame.prototype.clone];
  RealFrame.prototype.close = function (this: VideoFrame) {
    if (open.delete(this)) there.pictures--;
    return close.call(this);
  };
  RealFrame.prototype.clone = function (this: VideoFrame) {
    return opened(clone.call(this));
  };
  globalThis.VideoFrame = new Proxy(RealFrame, {
    construct: (target, args) => opened(Reflect.construct(target, args)),
  });
  globalThis.VideoDecoder = new Proxy(RealDecoder, {
    construct: (target, [init]) =>
      Reflect.construct(target, [{ ...init, output: (frame: VideoFrame) => init.output(opened(frame)) }]),
  });
  const RealContext = AudioContext;
  globalThis.AudioContext = class extends RealContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      there.clocks++;
    }
    override close() {
      there.clocks--;
      return super.close();
    }
  };
  const RealWorker = Worker;
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      there.workers++;
    }
    override terminate() {
      there.workers--;
      super.terminate();
    }
  };

  const soon = (ms = 0) => new Promise((done) => setTimeout(done, ms));
  const panel = () => document.querySelector('section[aria-label]');
  const all = <One extends HTMLElement>(css: string, within: ParentNode = document) => [
    ...within.querySelectorAll<One>(css),
  ];
  const named = (name: string, within: ParentNode = document) =>
    all<HTMLButtonElement>('button', within).find(
      (one) => !one.disabled && (one.getAttribute('aria-label') ?? one.textContent ?? '').trim() === name,
    );
  const press = async (name: string) => {
    const one = named(name);
    one?.click();
    await soon();
    return one !== undefined;
  };
  const tool = async (name: string, isOpen = true) => {
    const tab = named(name, document.querySelector('[role=toolbar]')!)!;
    if ((tab.getAttribute('aria-pressed') === 'true') === isOpen) {
      if (!isOpen) return;
      // Closed and opened: without a choice.
      tab.click();
      await soon();
    }
    tab.click();
    await soon();
  };
  const fill = async (field: HTMLInputElement | HTMLTextAreaElement, value: string | number) => {
    field.focus();
    const proto = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(proto.prototype, 'value')!.set!.call(field, String(value));
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.blur();
    await soon();
  };
  const slide = async (field: HTMLInputElement | undefined, share: number) => {
    if (field) await fill(field, Number(field.min) + share * (Number(field.max) - Number(field.min)));
  };
  const sliders = () => all<HTMLInputElement>('input[type=range]', panel() ?? document.createElement('p'));
  const pick = <One>(from: readonly One[], lot: number) => from[Math.floor(lot * from.length)];
  const clips = () => all<HTMLButtonElement>('ol[aria-label=Clips] button');
  const overlays = (what: RegExp) =>
    all<HTMLButtonElement>('ul[aria-label^="Texts"] button').filter((one) =>
      what.test(one.textContent ?? ''),
    );
  /** Of what there is enough of, the oldest goes. */
  const most = 4;

  const ways: Record<string, (one: number, two: number) => Promise<unknown>> = {
    async trim(one, two) {
      pick(clips(), one)?.click();
      await soon();
      await slide(sliders()[one < 0.5 ? 0 : 1], one < 0.5 ? two * 0.5 : 0.5 + two * 0.5);
    },
    async split(one) {
      await tool('Clip');
      await ways.seek!(one, 0);
      if (clips().length < 6) await press('Split here');
      else await press('Remove');
    },
    async reorder(one, two) {
      pick(clips(), one)?.click();
      await soon();
      await press(two < 0.5 ? 'Earlier' : 'Later');
    },
    async text(one, two) {
      const mine = overlays(/^words/);
      if (mine.length >= most) {
        mine[0]!.click();
        await soon();
        return press('Remove');
      }
      await tool('Text');
      await press('Add a text');
      await fill(all<HTMLInputElement>('input:not([type]), input[type=text]', panel()!)[0]!, `words ${two}`);
      await slide(sliders()[0], one * 0.5);
      pick(all<HTMLButtonElement>('fieldset button[aria-pressed]', panel()!), two)?.click();
      return soon();
    },
    async look(one, two) {
      await tool('Looks');
      pick(all<HTMLButtonElement>('fieldset button', panel()!), one)?.click();
      await soon();
      await slide(sliders()[0], two);
    },
    async sticker(one, two) {
      const mine = overlays(/^(Hot cup|Lamp|Applause|Arrow|Star|Speech|Film reel|Heart|Eyes|Popcorn)/);
      if (mine.length >= most) {
        mine[0]!.click();
        await soon();
        return press('Remove');
      }
      await tool('Stickers');
      pick(all<HTMLButtonElement>('fieldset button', panel()!), one)?.click();
      await soon();
      return slide(sliders()[0], two);
    },
    async effect(one) {
      const mine = overlays(/./).filter(
        (bar) => !/^(words|Hot|Lamp|App|Arr|Star|Spe|Film|Hea|Eye|Pop)/.test(bar.textContent!),
      );
      if (mine.length >= 2) {
        mine[0]!.click();
        await soon();
        return press('Remove');
      }
      await tool('Effects');
      await soon(150);
      pick(all<HTMLButtonElement>('li > button:first-child', panel()!), one)?.click();
      return soon();
    },
    async caption(one) {
      await tool('Captions');
      const goners = all<HTMLButtonElement>('li button', panel()!).filter((two) =>
        /^Remove/.test(two.ariaLabel ?? two.textContent!),
      );
      if (goners.length <= most) await press('Add a caption here');
      else pick(goners, one)?.click();
      return soon();
    },
    async back(one) {
      for (let step = 0; step < 1 + one * 4; step++) await press('Undo');
    },
    async forth(one) {
      for (let step = 0; step < 1 + one * 4; step++) await press('Redo');
    },
    async play(one) {
      await ways.seek!(one, 0);
      await press('Play');
      await soon(400);
      await press('Pause');
    },
    async seek(one) {
      await slide(document.querySelector<HTMLInputElement>('input[aria-label=Position]') ?? undefined, one);
    },
    async tools() {
      for (const name of ['Text', 'Sound', 'Looks', 'Stickers', 'Effects', 'Clip']) {
        await tool(name);
        await soon(30);
      }
      await tool('Clip', false);
    },
    async reopen() {
      // The draft is on the disk; it is opened again from the list.
      await press('Close; the draft is kept');
      for (let turn = 0; turn < 100 && !document.querySelector('li button > b'); turn++) await soon(30);
      document.querySelector<HTMLElement>('li button:has(> b)')?.click();
      for (let turn = 0; turn < 300 && clips().length === 0; turn++) await soon(30);
    },
  };
  const often = Object.keys(ways).flatMap((name) =>
    ['reopen'].includes(name) ? [name] : Array.from({ length: 4 }, () => name),
  );
  globalThis.editing = {
    still: () => ({ ...there }),
    async edit([which, one, two], only) {
      const name = pick(only ?? often, which!)!;
      await ways[name]!(one!, two!);
      if (clips().length === 0) await press('Undo');
      return name;
    },
  };
}
