/**
 * What the studio loses when the browser dies: Chromium, all of its processes, is killed (SIGKILL) at a moment drawn by
 * lot, in turns while the camera records and while a text is being edited, and started again on the same profile.
 * node bench/studio-kill.ts [--kills 20] [--seed 1]; prints JSON. Fails when more than a second of a take is gone, when
 * a clip that was there is gone, or when an edit that the page had called saved is not there any more.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags, filming, phone, startServer } from '../e2e/stage.ts';
import { circumstances } from './watched-community.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const mayLoseMs = 1000;
let state = Number(values.seed);
/** 0 … 1; the same for a seed (Park and Miller, 1988). */
const lot = () => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const clips = (page: Page) => page.getByRole('list', { name: 'Clips' }).getByRole('button');

const server = await startServer();
const profile = await mkdtemp(join(tmpdir(), 'kinora-studio-kill-'));
const told: { what: 'record' | 'edit'; atMs: number; lostMs?: number; keptEdits?: string }[] = [];
const faults: string[] = [];
let context = null as BrowserContext | null;
try {
  let page = await open();
  await button(page, 'Open the camera').click();
  await page.waitForFunction(() => [...document.querySelectorAll('video')].some((one) => one.videoWidth > 0));
  let known = 0;
  let lastText = '';
  for (let kill = 0; kill < Number(values.kills); kill++) {
    if (kill % 2 === 0) {
      if (kill > 0) await page.getByRole('button', { name: 'Film more', exact: true }).click();
      const recordedMs = await recordAndKill(page);
      page = await reopen();
      const count = await clips(page).count();
      const rescuedMs = count > known ? await lengthOf(page, count - 1) : 0;
      if (count !== known + 1) faults.push(`after kill ${kill}: ${count} clips, ${known + 1} were recorded`);
      known = count;
      told.push({ what: 'record', atMs: Math.round(recordedMs), lostMs: Math.round(recordedMs - rescuedMs) });
    } else {
      const { atMs, saved, typed } = await editAndKill(page, kill, lastText);
      page = await reopen();
      const texts = page.getByRole('list', { name: /Texts/ }).getByRole('button');
      const left = (await texts.count()) > 0 ? await texts.first().innerText() : '';
      if (!typed.startsWith(left) || left.length < saved.length)
        faults.push(`after kill ${kill}: “${left}” is left, “${saved}” was saved, “${typed}” typed`);
      if ((await clips(page).count()) !== known) faults.push(`after kill ${kill}: a clip is gone`);
      lastText = left;
      told.push({ what: 'edit', atMs: Math.round(atMs), keptEdits: `${left.length} of ${typed.length}` });
    }
  }
} finally {
  await context?.close().catch(() => {});
  await server.close();
  await rm(profile, { recursive: true, force: true });
}
const lost = told.flatMap(({ lostMs }) => lostMs ?? []).sort((a, b) => a - b);
const worst = lost.at(-1) ?? 0;
if (worst > mayLoseMs) faults.push(`${worst} ms of a take are gone`);
process.stdout.write(
  `${JSON.stringify({ ...circumstances(), kills: told.length, lostMs: { median: lost[lost.length >> 1], worst }, mayLoseMs, faults, told }, null, 2)}\n`,
);
process.exitCode = faults.length > 0 ? 1 : 0;

async function open(): Promise<Page> {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...chromiumFlags, ...filming],
    baseURL: server.origin,
    locale: 'en-GB',
    ...phone,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto('/studio');
  return page;
}

async function reopen(): Promise<Page> {
  const page = await open();
  await page.getByRole('heading', { name: 'Drafts' }).waitFor();
  await page
    .getByRole('button', { name: /clips?|cut off/ })
    .first()
    .click();
  await clips(page).first().waitFor();
  // The cut off take is read and added after the room has opened.
  await page.getByText('Saved on this device').waitFor();
  await later(500);
  return page;
}

/** What was recorded counts from the moment the page shows that it records. */
async function recordAndKill(page: Page): Promise<number> {
  await page.locator('button[aria-label="Record"]:not([aria-disabled])').waitFor();
  await button(page, 'Record').click();
  await button(page, 'Stop recording').waitFor();
  const from = performance.now();
  await later(1200 + lot() * 4000);
  const recordedMs = performance.now() - from;
  await killAll();
  return recordedMs;
}

async function editAndKill(page: Page, kill: number, before: string) {
  await button(page, 'Text').click();
  if (before === '') await button(page, 'Add a text').click();
  else await page.getByRole('list', { name: /Texts/ }).getByRole('button').first().click();
  const words = page.getByRole('textbox', { name: 'Words' });
  await words.waitFor();
  const from = performance.now();
  const end = from + 300 + lot() * 2500;
  let typed = await words.inputValue();
  let saved = before;
  await words.focus();
  await page.keyboard.press('End');
  while (performance.now() < end && typed.length < 290) {
    const letter = String.fromCharCode(97 + ((kill + typed.length) % 26));
    await page.keyboard.type(letter);
    typed += letter;
    if ((await page.getByText('Saved on this device').count()) > 0) saved = typed;
  }
  await killAll();
  return { atMs: performance.now() - from, saved, typed };
}

/** Every process that was started with this profile, and those they started, at once. */
async function killAll(): Promise<void> {
  const all = readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
      return [{ pid, parent, ours: readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile) }];
    } catch {
      // Ended meanwhile.
      return [];
    }
  });
  const ours = new Set(all.filter(({ ours }) => ours).map(({ pid }) => pid));
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of all)
      if (ours.has(parent) && !ours.has(pid)) {
        ours.add(pid);
        grown = true;
      }
  }
  for (const pid of ours) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Its parent took it along.
    }
  }
  await later(500);
  for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
    await rm(join(profile, lock), { force: true });
}

async function lengthOf(page: Page, index: number): Promise<number> {
  await button(page, 'Clip').click();
  await clips(page).nth(index).click();
  const from = Number(await page.getByLabel('Begins at').inputValue());
  return Number(await page.getByLabel('Ends at').inputValue()) - from;
}
