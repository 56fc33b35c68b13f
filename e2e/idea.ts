import type { Browser, Locator, Page } from 'playwright-core';
import type { SoundDetail } from '../contract/sounds.ts';
import type { Video } from '../contract/videos.ts';
import { clip, type Person, until } from './community.ts';
import { desktop, openDevice, picture, type Server } from './stage.ts';

/**
 * A video from an idea to the feed, step by step, through the studio as it is seen: the first tap, the camera, a sound,
 * cuts, looks, texts, stickers, captions, publishing. Two hands do it: a finger, and a keyboard alone. Knows the words
 * on the screen and no address.
 */
export type Hand = {
  press(thing: Locator): Promise<void>;
  /** Over what stands there. */
  write(field: Locator, words: string): Promise<void>;
  /** One of a row of radio buttons. */
  pick(radio: Locator): Promise<void>;
  /** A share of a slider's way. */
  slide(slider: Locator, share: number): Promise<void>;
  /** A thing on the picture, by a part of its height. */
  lower(handle: Locator, share: number): Promise<void>;
};

export const finger: Hand = {
  press: (thing) => thing.tap(),
  write: (field, words) => field.fill(words),
  pick: (radio) => radio.check({ force: true }),
  async slide(slider, share) {
    const [min, max, step] = await slider.evaluate(({ min, max, step }: HTMLInputElement) =>
      [min, max, step || 1].map(Number),
    );
    await slider.fill(String(min! + Math.round(((max! - min!) * share) / step!) * step!));
  },
  async lower(handle, share) {
    const [from, frame] = [await handle.boundingBox(), await handle.locator('..').boundingBox()];
    const [x, y] = [from!.x + from!.width / 2, from!.y + from!.height / 2];
    const { mouse } = handle.page();
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x, y + frame!.height * share, { steps: 4 });
    await mouse.up();
  },
};

export const keys: Hand = {
  async press(thing) {
    await reach(thing);
    await thing.page().keyboard.press('Enter');
  },
  async write(field, words) {
    await reach(field);
    await field.page().keyboard.press('Control+a');
    await field.page().keyboard.type(words);
  },
  async pick(radio) {
    const group = radio.locator('xpath=ancestor::fieldset[1]').getByRole('radio', { checked: true });
    await reach((await group.count()) > 0 ? group : radio);
    for (let step = 0; step < 20 && !(await radio.isChecked()); step++)
      await radio.page().keyboard.press('ArrowRight');
  },
  async slide(slider, share) {
    await reach(slider);
    await slider.page().keyboard.press('Home');
    for (let part = 0; part < Math.round(share * 10); part++) await slider.page().keyboard.press('PageUp');
  },
  async lower(handle, share) {
    await reach(handle);
    const way = share < 0 ? 'ArrowUp' : 'ArrowDown';
    for (let step = 0; step < Math.round(Math.abs(share) / 0.02); step++)
      await handle.page().keyboard.press(way);
  },
};

/** By Tab, and by the arrows within a toolbar. Every stop on the way must be seen, and lie under nothing. */
export async function reach(thing: Locator, most = 90): Promise<void> {
  const page = thing.page();
  await thing.waitFor();
  const seen: string[] = [];
  for (let stop = 0; stop < most; stop++) {
    // One look for each stop: the page is drawing meanwhile, and each question waits for its turn.
    let now = await stopAt(thing);
    // Something may just be moving: an upload says how far it is.
    for (let look = 0; look < 10 && stop > 0 && now.fault; look++) {
      await page.waitForTimeout(100);
      now = await stopAt(thing);
    }
    if (stop > 0) seen.push(now.name);
    if (stop > 0 && now.fault) await picture(page, 'idea-fault');
    if (stop > 0 && now.fault) throw new Error(`${now.fault}: “${now.name}”`);
    if (now.isThere) return;
    await page.keyboard.press(now.inBar ? 'ArrowRight' : 'Tab');
  }
  throw new Error(`the keyboard never came to ${thing}; it came to ${seen.join(' | ')}`);
}

const stopAt = (thing: Locator) =>
  thing.evaluate((wanted) => {
    const element = document.activeElement as HTMLElement | null;
    const bar = element?.closest('[role=toolbar]') ?? null;
    const at = {
      isThere: wanted === element,
      inBar: bar !== null && bar === wanted.closest('[role=toolbar]'),
    };
    if (!element || element === document.body) return { ...at, name: 'the browser’s own bar', fault: '' };
    const label =
      element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent;
    const name = `${element.tagName.toLowerCase()} ${(label ?? element.textContent ?? '').trim().slice(0, 40)}`;
    const shows = (one: Element | null | undefined) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    };
    const marked = [
      element,
      element.nextElementSibling,
      element.parentElement,
      element.parentElement?.parentElement,
    ];
    if (!marked.some(shows)) return { ...at, name, fault: 'no focus to be seen' };
    const seen = element.classList.contains('visually-hidden') ? element.parentElement! : element;
    const { left, top, width, height } = seen.getBoundingClientRect();
    const above = document.elementFromPoint(
      Math.min(innerWidth - 1, Math.max(0, left + width / 2)),
      Math.min(innerHeight - 1, Math.max(0, top + height / 2)),
    );
    const free =
      above && (seen.contains(above) || above.contains(seen) || above.closest('label')?.contains(seen));
    const by = `${above?.tagName.toLowerCase()} ${(above?.textContent ?? '').trim().slice(0, 40)}`;
    const where = `at ${Math.round(left)},${Math.round(top)} of ${innerWidth}×${innerHeight}`;
    return { ...at, name, fault: free ? '' : `the focus lies under something, ${where}, under ${by}` };
  });

const patience = { timeout: 60_000 };
const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, exact: true });
export const record = (page: Page) => page.locator('button[aria-label="Record"]:not([aria-disabled])');

export type Idea = {
  /** Of one segment each. */
  segmentsMs: readonly number[];
  /** The name of a sound in the library. */
  sound: string;
  texts: readonly string[];
  looks: readonly [string, string];
  stickers: readonly string[];
  captions: readonly string[];
  /** What the video is published with. */
  words: string;
};

/** From the feed to a published video. `note` is told of each step when it is done. */
export async function make(
  page: Page,
  hand: Hand,
  idea: Idea,
  note: (step: string) => Promise<void>,
): Promise<void> {
  await hand.press(page.getByRole('link', { name: 'Create' }));
  await page.getByRole('link', { name: 'Film and edit in the studio' }).waitFor(patience);
  await note('create');
  await hand.press(page.getByRole('link', { name: 'Film and edit in the studio' }));
  await button(page, 'Open the camera').waitFor(patience);
  await note('studio');
  await hand.press(button(page, 'Open the camera'));
  await record(page).waitFor(patience);
  await note('camera');

  await hand.press(button(page, 'Add a sound'));
  await hand.press(button(page, `Use ${idea.sound}`));
  await page.getByLabel('Begins in the sound at').waitFor(patience);
  await note('sound');
  await hand.press(button(page.getByRole('dialog'), 'Done'));

  for (const ms of idea.segmentsMs) {
    await record(page).waitFor(patience);
    const before = await takenMs(page);
    await hand.press(record(page));
    while ((await takenMs(page)) < before + ms) await page.waitForTimeout(30);
    await hand.press(button(page, 'Stop recording'));
  }
  await record(page).waitFor(patience);
  await note('filmed');
  await hand.press(button(page, 'Next'));
  const clips = page.getByRole('list', { name: 'Clips' }).getByRole('button');
  await clips.nth(idea.segmentsMs.length - 1).waitFor(patience);
  await note('edit');

  // A look for each half.
  if (idea.segmentsMs.length < 2) {
    await hand.slide(page.getByRole('slider', { name: 'Position' }), 0.5);
    await hand.press(button(page, 'Clip'));
    await hand.press(button(page, 'Split here'));
    await clips.nth(1).waitFor();
    await note('split');
  }
  for (const [index, look] of idea.looks.entries()) {
    await hand.press(clips.nth(index));
    if (index === 0) await hand.press(button(page, 'Looks'));
    const panel = page.getByRole('region', { name: 'Looks' });
    await panel.getByRole('radio', { name: new RegExp(`^Clip ${index + 1},`), checked: true }).waitFor();
    await hand.press(button(panel, look));
    await button(panel, look).and(page.locator('[aria-pressed=true]')).waitFor();
  }
  await note('looks');

  await hand.slide(page.getByRole('slider', { name: 'Position' }), 0);
  for (const [index, words] of idea.texts.entries()) {
    const panel = page.getByRole('region', { name: 'Text' });
    if (index === 0) await hand.press(button(page, 'Text'));
    await hand.press(button(panel, 'Add a text'));
    await hand.write(panel.getByRole('textbox', { name: 'Words' }), words);
    await hand.lower(button(page, `Move ${words}`), index * 0.1 - 0.12);
    await hand.press(button(panel, 'Done'));
  }
  await note('texts');

  for (const [index, name] of idea.stickers.entries()) {
    const panel = page.getByRole('region', { name: 'Stickers' });
    if (index === 0) await hand.press(button(page, 'Stickers'));
    await hand.press(button(panel, name));
    await hand.lower(button(page, `Move ${name}`), 0.06 + index * 0.08);
    await hand.press(button(panel, 'Done'));
  }
  await note('stickers');

  await hand.press(button(page, 'Captions'));
  for (const [index, words] of idea.captions.entries()) {
    const panel = page.getByRole('region', { name: 'Captions' });
    await hand.slide(page.getByRole('slider', { name: 'Position' }), index / idea.captions.length);
    await hand.press(button(panel, 'Add a caption here'));
    await hand.write(panel.getByRole('textbox', { name: new RegExp(`^Caption ${index + 1},`) }), words);
  }
  await note('captions');

  await hand.press(button(page, 'Next'));
  await page.getByRole('progressbar').first().waitFor();
  await note('making');
  const caption = page.getByRole('textbox', { name: 'Caption', exact: true });
  await caption.waitFor({ timeout: 600_000 });
  await note('made');
  await hand.write(caption, idea.words);
  await hand.press(button(page, 'Publish'));
  await page.getByText('It’s out').first().waitFor({ timeout: 120_000 });
  await note('published');
}

/** How much of the result is filmed, as the camera's clock says. */
async function takenMs(page: Page): Promise<number> {
  const said = await page.locator('header output').first().textContent();
  const [, minutes, seconds] = /(\d+):(\d+\.\d)/.exec(said ?? '') ?? [];
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** A sound in the library, ready to be used. */
export async function publishSound(musician: Person, soundTitle: string, durationMs: number): Promise<void> {
  const bytes = await clip({ durationMs, sound: { kind: 'clap', levelDb: -12 } });
  const { sound } = await musician.published(bytes, { soundTitle, caption: 'Claps for everybody' });
  await until(async () => {
    const { status, json } = await musician.get(`/api/sounds/${sound!.id}`);
    return status === 200 && (json as SoundDetail).audioUrl;
  });
}

/** In a browser of a stranger, from For You on, by the arrow key: until that very file plays. */
export async function meets(browser: Browser, server: Server, { media }: Video): Promise<Page> {
  const { page } = await openDevice(browser, server, desktop);
  await page.goto('/');
  await page.getByRole('feed').waitFor();
  const playing = () =>
    page.evaluate(
      (files) =>
        [...document.querySelectorAll('video')].some(
          (one) =>
            !one.paused && one.currentTime > 0.2 && files.some((file) => one.currentSrc.endsWith(file)),
        ),
      media!.renditions.map(({ url }) => url),
    );
  for (let key = 0; !(await playing()); key++) {
    // Each video has its moment; at the end of the row it goes back.
    if (key % 20 === 19) await page.keyboard.press(key % 80 < 40 ? 'ArrowDown' : 'ArrowUp');
    await page.waitForTimeout(100);
  }
  return page;
}
