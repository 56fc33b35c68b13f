/**
 * From an idea to somebody else's feed: fifteen seconds filmed to a sound of the library, with two looks, three texts,
 * two stickers and captions, by a finger and by keyboard alone, and how long each step takes the program (the filming
 * itself takes as long as it is). Ends when that very file plays in a stranger's For You.
 * node bench/idea-to-feed.ts [--seconds 15] [--hand finger|keys|both] [--clip <file>]; prints JSON.
 * The clip is what the camera sees; without one it sees numbers that count.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Video } from '../contract/videos.ts';
import { cameraOf, countingCamera } from '../e2e/camera.ts';
import { openPerson, until } from '../e2e/community.ts';
import { finger, keys, make, meets, publishSound } from '../e2e/idea.ts';
import { desktop, drawing, filming, openChromium, openDevice, phone, startServer } from '../e2e/stage.ts';
import { build } from '../tools/prepare.mjs';
import { circumstances } from './watched-community.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    hand: { type: 'string', default: 'finger' },
    clip: { type: 'string' },
  },
});
const hands = { finger: { hand: finger, kind: phone }, keys: { hand: keys, kind: desktop } };
const wanted = Object.entries(hands).filter(([name]) => values.hand === 'both' || values.hand === name);
const half = (Number(values.seconds) * 1000) / 2;

build();
const before = circumstances();
const folder = await mkdtemp(join(tmpdir(), 'kinora-idea-'));
const server = await startServer();
const camera = join(folder, 'camera.y4m');
await (values.clip ? cameraOf(values.clip, camera) : countingCamera(camera));
const browser = await openChromium([...drawing, ...filming, `--use-file-for-fake-video-capture=${camera}`]);
try {
  const creator = await openPerson(server, 'idea_maker');
  const musician = await openPerson(server, 'musician');
  const sound = 'Evening claps';
  await publishSound(musician, sound, Number(values.seconds) * 1000 + 2000);
  const told: Record<string, unknown> = {};
  for (const [name, { hand, kind }] of wanted) {
    const { page, context, faults } = await openDevice(browser, server, kind);
    await creator.enter(context);
    await page.goto('/');
    await page.getByRole('feed').waitFor();
    const stepsMs: Record<string, number> = {};
    let from = performance.now();
    const note = (step: string) => {
      stepsMs[step] = Math.round(performance.now() - from);
      from = performance.now();
    };
    const idea = {
      ...{ segmentsMs: [half, half], sound, texts: ['Fourteen minutes', 'one pan', 'وعاء واحد'] },
      ...{ looks: ['Ember', 'Dusk'] as const, stickers: ['Star', 'Heart'] },
      ...{ captions: ['It begins', 'and goes on', 'and that is all'], words: `An idea by ${name}` },
    };
    await make(page, hand, idea, async (step) => note(step));
    await context.close();
    const video = await until(async () => {
      const mine = await creator.ask<{ videos: Video[] }>('get', '/api/people/idea_maker/videos');
      return mine.videos.find((one) => one.status === 'published' && one.caption === idea.words);
    });
    await (await meets(browser, server, video)).context().close();
    note('plays in another feed');
    const allMs = Object.values(stepsMs).reduce((sum, ms) => sum + ms, 0);
    told[name] = { stepsMs, allMs, lastsMs: video.media!.durationMs, faults };
  }
  process.stdout.write(
    `${JSON.stringify({ figure: 'idea-to-feed', ...told, before, after: circumstances() }, null, 2)}\n`,
  );
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
