import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sound } from '../contract/sounds.ts';
import { waveHead, waveSamples } from '../web/studio/sounds/wave.ts';
import { clip, openPerson, until } from './community.ts';
import { eventsOf, flashesOf, flashingCamera, keepMade, madeFile } from './flashes.ts';
import { axe } from './looks.ts';
import {
  desktop,
  drawing,
  filming,
  openChromium,
  openDevice,
  phone,
  picture,
  type Server,
  startServer,
} from './stage.ts';

/** Sounds in the studio: chosen, filmed to, spoken over, cut to; and whether the finished file is in time. */
let server: Server;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-sound-'));
  server = await startServer();
  browser = await openChromium([...drawing, ...filming]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const patience = { timeout: 30_000 };
const rate = 48_000;
/** Between two clicks that are filmed to. */
const everyMs = 750;

/** A click every so many seconds, each a short tone that begins at once. */
async function clicks(name: string, everyS: number, seconds: number, firstS = everyS / 2): Promise<string> {
  const samples = new Float32Array(seconds * rate);
  for (let atS = firstS; atS < seconds - 0.1; atS += everyS)
    for (let index = 0; index < 0.03 * rate; index++)
      samples[Math.round(atS * rate) + index] = 0.8 * Math.cos((2 * Math.PI * 1000 * index) / rate);
  const path = join(folder, name);
  await writeFile(
    path,
    Buffer.concat([waveHead(rate), waveSamples(samples)].map((part) => Buffer.from(part))),
  );
  return path;
}

/** The first sound of a page is heard a quarter of a second later than the sound card said when it began. */
function cardKeptWaiting(): void {
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (...when) {
    start.apply(this, when);
    AudioBufferSourceNode.prototype.start = start;
    const context = this.context as AudioContext;
    void context.suspend().then(() => setTimeout(() => context.resume(), 250));
  };
}

/** A segment that ends when so many more clicks were answered. */
async function filmFlashes(page: Page, count: number): Promise<void> {
  const before = (await flashesOf(page)).length;
  await page.locator('button[aria-label="Record"]:not([aria-disabled])').waitFor(patience);
  await button(page, 'Record').focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await flashesOf(page)).length, patience)
    .toBeGreaterThanOrEqual(before + count);
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  await page.locator('button[aria-label="Record"]:not([aria-disabled])').waitFor(patience);
}

test('what is filmed to a sound is in time with it in the finished file, at every speed', {
  timeout: 400_000,
}, async () => {
  const { page, context, faults } = await openDevice(browser, server, phone);
  await context.addInitScript(flashingCamera);
  await context.addInitScript(keepMade);
  await context.addInitScript(cardKeptWaiting);
  await page.goto('/studio');
  await button(page, 'Open the camera').click();
  await button(page, 'Add a sound').click();
  await page
    .locator('dialog input[type=file]')
    .setInputFiles(await clicks('A row of clicks.wav', everyMs / 1000, 20));
  await page.getByLabel('Begins in the sound at').waitFor(patience);
  await picture(page, 'studio-sound-camera');
  expect(await axe(page)).toEqual([]);
  await button(page, 'Done').click();
  await filmFlashes(page, 2);
  const first = (await flashesOf(page)).length;
  await button(page, 'Speed: 1×').click();
  await filmFlashes(page, 1);
  await picture(page, 'studio-sound-filmed');
  await button(page, 'Next').click();
  await page.getByText('Saved on this device').waitFor();
  await picture(page, 'studio-sound-edit');
  await button(page, 'Next').click();
  const file = join(folder, 'in-time.mp4');
  await writeFile(file, await madeFile(page));
  const answers = (await flashesOf(page)).map(
    ({ heardAt, drawnAt }, index) => (drawnAt - heardAt) / (index < first ? 1 : 2),
  );
  const { flashes, clicks: heard } = await eventsOf(file);
  // The takes’ own sound (the beeps of this microphone) is silent: what is heard is the sound, without a gap.
  for (const [index, atS] of heard.entries())
    expect(Math.abs(atS * 1000 - everyMs * (index + 0.5))).toBeLessThan(10);
  expect(flashes.length).toBeGreaterThanOrEqual(3);
  // The person answers a little late; what is left is the studio's.
  const awayMs = flashes.map((atS, index) => {
    const [nearest] = heard.toSorted((a, b) => Math.abs(a - atS) - Math.abs(b - atS));
    return (atS - nearest!) * 1000 - answers[index]!;
  });
  for (const ms of awayMs) expect(Math.abs(ms)).toBeLessThanOrEqual(40);
  expect(faults).toEqual([]);
  await context.close();
});

test('recording stops by itself where the waveform says, after a countdown; the zoom follows the hand', async () => {
  const { page, context } = await openDevice(browser, server, phone);
  await context.addInitScript(() => {
    const zooms: number[] = [];
    Object.assign(globalThis, { zooms });
    MediaStreamTrack.prototype.getCapabilities = () => ({ zoom: { min: 1, max: 8, step: 0.1 } }) as never;
    MediaStreamTrack.prototype.applyConstraints = async (wish) => {
      const [{ zoom }] = (wish as { advanced: [{ zoom: number }] }).advanced;
      zooms.push(zoom);
    };
  });
  await page.goto('/studio');
  await button(page, 'Open the camera').click();
  await button(page, 'Add a sound').click();
  await page.locator('dialog input[type=file]').setInputFiles(await clicks('Ticks.wav', 0.5, 10));
  await page.getByLabel('Begins in the sound at').waitFor(patience);
  await page.getByLabel('Begins in the sound at').fill('2000');
  await button(page, 'Done').click();
  await button(page, 'Countdown: off').click();
  await page.getByRole('radio', { name: '3 s' }).check();
  await page.getByRole('switch', { name: 'Stop by itself' }).check();
  // On the sound's own line: a second after where it begins.
  await page.getByLabel('Stops in the sound at').fill('3000');
  await picture(page, 'studio-sound-timer');
  expect(await axe(page)).toEqual([]);
  await button(page, 'Done').click();
  await page.locator('button[aria-label="Record"]:not([aria-disabled])').waitFor(patience);
  const { x, y, width } = (await button(page, 'Record').boundingBox())!;
  await page.mouse.move(x + width / 2, y + width / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y - 130, { steps: 4 });
  await page.mouse.up();
  const zooms = await page.evaluate(() => (globalThis as unknown as { zooms: number[] }).zooms);
  expect(zooms.at(-1)).toBeGreaterThan(3);
  await page
    .locator('output')
    .filter({ hasText: /^[123]$/ })
    .waitFor();
  await page.locator('button[aria-label="Record"]:not([aria-disabled])').waitFor(patience);
  await button(page, 'Next').click();
  expect(await clipButtons(page).first().getAttribute('aria-label')).toBe('Clip 1, 0:01.0');
  await context.close();
});

test('sounds are laid under a video, cut to and spoken over; all of it is there after a kill', {
  timeout: 120_000,
}, async () => {
  const device = await openDevice(browser, server, phone);
  const { context } = device;
  let { page } = device;
  await page.goto('/studio');
  const video = join(folder, 'speaking.mp4');
  await writeFile(
    video,
    await clip({
      width: 180,
      height: 320,
      durationMs: 2600,
      shade: 3,
      sound: { kind: 'beat', levelDb: -12 },
    }),
  );
  await page.locator('input[type=file]').setInputFiles(video);
  await expect.poll(() => clipButtons(page).count(), patience).toBe(1);
  await page.getByLabel('Add a video').setInputFiles(video);
  await expect.poll(() => clipButtons(page).count(), patience).toBe(2);

  await button(page, 'Sound').click();
  await button(page, 'Add a sound').click();
  await page.locator('dialog input[type=file]').setInputFiles(await clicks('Half seconds.wav', 0.5, 12));
  const bar = page.getByRole('list', { name: 'Sounds' }).getByRole('button');
  await bar.waitFor(patience);
  await expect.poll(() => bar.getAttribute('aria-label'), patience).toMatch(/^Half seconds, 0:05/);
  await page.getByLabel('Volume').fill('0.5');
  await page.getByLabel('Fade in').fill('300');
  await picture(page, 'studio-sound-tool');
  expect(await axe(page)).toEqual([]);
  await button(page, 'Done').click();
  await button(page, 'Cut to the beat').click();
  await page.getByText('One cut moved to the beat.').waitFor();
  await picture(page, 'studio-sound-beats');

  // The sound of a video of one's own, without its picture.
  await button(page, 'Add a sound').click();
  await page.locator('dialog input[type=file]').setInputFiles(video);
  await expect.poll(() => bar.count(), patience).toBe(2);
  expect(await page.locator('bdi').textContent()).toBe('speaking');
  await button(page, 'Remove').click();
  await expect.poll(() => bar.count()).toBe(1);

  await button(page, 'Speak over it').click();
  await button(page, 'Stop speaking').waitFor(patience);
  // It ends with the video.
  await expect.poll(() => bar.count(), patience).toBe(2);
  expect(await bar.nth(1).getAttribute('aria-label')).toMatch(/^Voice-over, 0:0[3-5]/);
  await page.getByText('Saved on this device').waitFor();

  await button(page, 'Done').click();
  await button(page, 'Speak over it').click();
  await button(page, 'Stop speaking').waitFor(patience);
  const before = await bytesOfTakes(page);
  await expect.poll(() => bytesOfTakes(page), patience).toBeGreaterThan(before + 40_000);
  await kill(page);
  page = await context.newPage();
  await page.setViewportSize(desktop.viewport);
  await page.goto('/studio');
  await page.getByRole('button', { name: /2 clips/ }).click();
  const again = page.getByRole('list', { name: 'Sounds' }).getByRole('button');
  await expect.poll(() => again.count(), patience).toBe(3);
  await again.nth(0).click();
  expect(await page.getByLabel('Volume').inputValue()).toBe('0.5');
  expect(await page.locator('bdi').textContent()).toBe('Half seconds');
  await picture(page, 'studio-sound-desktop');
  expect(await axe(page)).toEqual([]);
  await context.close();
});

test('what is said over a video lies where it was said, and a refused microphone is explained', {
  timeout: 120_000,
}, async () => {
  const { page, context } = await openDevice(browser, server, phone);
  await context.addInitScript(echoingMicrophone);
  await page.goto('/studio');
  const video = join(folder, 'silent.mp4');
  await writeFile(video, await clip({ width: 180, height: 320, durationMs: 4000, shade: 2 }));
  await page.locator('input[type=file]').setInputFiles(video);
  await expect.poll(() => clipButtons(page).count(), patience).toBe(1);
  await button(page, 'Sound').click();
  await button(page, 'Add a sound').click();
  await page.locator('dialog input[type=file]').setInputFiles(await clicks('Calls.wav', 1, 6));
  await page.getByLabel('Begins in the sound at').waitFor(patience);
  await button(page, 'Done').click();
  await button(page, 'Speak over it').click();
  const bar = page.getByRole('list', { name: 'Sounds' }).getByRole('button');
  await expect.poll(() => bar.count(), patience).toBe(2);
  // The microphone heard the clicks; where the voice lies they are in it at the same moments.
  const awayMs = await page.evaluate(readVoice, 1000);
  expect(awayMs.length).toBeGreaterThanOrEqual(3);
  for (const ms of awayMs) expect(Math.abs(ms)).toBeLessThanOrEqual(10);

  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await button(page, 'Done').click();
  await button(page, 'Speak over it').click();
  await page.getByText('The microphone is not allowed.').waitFor();
  await context.close();
});

test('a sound of the library opens the camera by its address, is found, heard and taken', async () => {
  const { page, context } = await openDevice(browser, server, phone);
  const visitor = await openPerson(server);
  // The library fills itself after the first start.
  const sound = await until(async () => {
    const { sounds } = await visitor.ask<{ sounds: Sound[] }>('get', '/api/sounds');
    return sounds.find((one) => one.usable && one.audioUrl !== null && one.title !== null);
  });
  const title = sound.title!;
  await page.goto(`/studio?sound=${sound.id}`);
  await page.getByLabel('Begins in the sound at').waitFor(patience);
  expect(await page.locator('dialog bdi').textContent()).toBe(title);
  expect(new URL(page.url()).searchParams.has('sound')).toBe(false);
  await button(page, 'Film without it').click();
  await page.getByLabel('Search the library').fill(title);
  await button(page, `Listen to ${title}`).click();
  await button(page, `Pause ${title}`).waitFor();
  await picture(page, 'studio-sound-library');
  expect(await axe(page)).toEqual([]);
  await button(page, `Use ${title}`).click();
  await page.getByLabel('Begins in the sound at').waitFor(patience);
  await context.close();
});

const clipButtons = (page: Page) => page.getByRole('list', { name: 'Clips' }).getByRole('button');

const bytesOfTakes = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const takes = await root.getDirectoryHandle('takes', { create: true });
    let bytes = 0;
    for await (const file of (takes as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values())
      bytes += (await file.getFile()).size;
    return bytes;
  });

async function kill(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await Promise.race([session.send('Page.crash').catch(() => {}), page.waitForEvent('crash')]);
  await page.close().catch(() => {});
}

/** A microphone beside the loudspeaker: it hears what the page plays, as late as both of them say that they are. */
function echoingMicrophone(): void {
  const [outS, inS] = [0.05, 0.03];
  Object.defineProperty(AudioContext.prototype, 'outputLatency', { get: () => outS });
  MediaStreamTrack.prototype.getSettings = () => ({ latency: inS }) as MediaTrackSettings;
  const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
  const rooms = new WeakMap<BaseAudioContext, DelayNode>();
  const roomOf = (context: BaseAudioContext) => {
    const room = rooms.get(context) ?? new DelayNode(context, { maxDelayTime: 1, delayTime: outS + inS });
    rooms.set(context, room);
    return room;
  };
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
    if (to === this.context.destination && this.context instanceof AudioContext)
      connect.call(this, roomOf(this.context));
    return connect.call(this, to);
  } as never;
  globalThis.MediaStreamAudioSourceNode = class {
    constructor(context: AudioContext) {
      const heard = new GainNode(context);
      connect.call(roomOf(context), heard);
      // biome-ignore lint/correctness/noConstructorReturn: it stands for the node of the microphone
      return heard;
    }
  } as never;
}

/** Of the newest draft: how far from its moment each click is that the voice-over heard, in ms. Runs in the page. */
async function readVoice(everyMs: number): Promise<number[]> {
  const opened = indexedDB.open('kinora-studio');
  await new Promise((done) => opened.addEventListener('success', done));
  const all = opened.result.transaction('drafts').objectStore('drafts').getAll();
  await new Promise((done) => all.addEventListener('success', done));
  opened.result.close();
  type Laid = { voice: boolean; source: string; atMs: number; fromMs: number };
  const voice = (all.result as { list: { sounds: Laid[] } }[])
    .flatMap(({ list }) => list.sounds)
    .find((sound) => sound.voice)!;
  const root = await navigator.storage.getDirectory();
  const takes = await root.getDirectoryHandle('takes');
  const bytes = await (await (await takes.getFileHandle(`${voice.source}.take`)).getFile()).arrayBuffer();
  const sampleRate = new DataView(bytes).getUint32(24, true);
  const samples = new Int16Array(bytes.slice(44));
  const found: number[] = [];
  let quietFrom = -1;
  for (const [index, sample] of samples.entries()) {
    const resultMs = (index / sampleRate) * 1000 - voice.fromMs + voice.atMs;
    if (Math.abs(sample) < 3000) continue;
    if (resultMs > quietFrom) found.push(resultMs - everyMs * (Math.floor(resultMs / everyMs) + 0.5));
    quietFrom = resultMs + 200;
  }
  return found;
}
