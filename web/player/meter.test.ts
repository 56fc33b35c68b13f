import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMeter } from './meter.ts';

function started() {
  const meter = createMeter();
  meter.want(0);
  meter.frame(120);
  meter.playing(120);
  return meter;
}

test('time counts while the picture moves, and only then', () => {
  const meter = started();
  meter.paused(1120, true);
  expect(meter.read(9000)).toMatchObject({ watchedMs: 1000, pauses: 1, firstFrameMs: 120 });
  meter.playing(9000);
  expect(meter.read(9500).watchedMs).toBe(1500);
});

test('a hidden page watches nothing', () => {
  const meter = started();
  meter.hidden(620);
  meter.shown(60_620);
  expect(meter.read(61_120).watchedMs).toBe(1000);
});

test('running dry is a stall, but not before the first frame and not while paused', () => {
  const meter = createMeter();
  meter.want(0);
  meter.playing(10);
  meter.waiting(20);
  meter.frame(500);
  meter.playing(500);
  meter.waiting(1500);
  meter.playing(1900);
  meter.paused(2000, true);
  meter.waiting(2100);
  expect(meter.read(5000)).toMatchObject({ stalledMs: 400, firstFrameMs: 500, watchedMs: 1110 });
});

test('a seek adds no watched time and no stall', () => {
  const meter = started();
  meter.seek(1120);
  meter.waiting(1130);
  meter.playing(3000);
  expect(meter.read(3500)).toMatchObject({ watchedMs: 1500, seeks: 1, stalledMs: 0 });
});

test('loops are counted and go on counting time', () => {
  const meter = started();
  meter.loop();
  meter.loop();
  expect(meter.read(30_120)).toMatchObject({ loops: 2, watchedMs: 30_000 });
});

test('a video that stops because the viewer went on is not a pause of theirs', () => {
  const meter = started();
  meter.paused(1120, false);
  expect(meter.read(1120)).toMatchObject({ pauses: 0, watchedMs: 1000 });
});

test('coming back to a video adds to its totals and keeps its first first frame', () => {
  const meter = started();
  meter.paused(1120, false);
  meter.want(8000);
  meter.frame(8050);
  meter.playing(8050);
  expect(meter.read(9050)).toMatchObject({ watchedMs: 2000, firstFrameMs: 120 });
});

test('whatever the element does, nobody watches longer than time passed', () => {
  const deed = fc.constantFrom('playing', 'waiting', 'paused', 'hidden', 'shown', 'seek', 'want', 'frame');
  fc.assert(
    fc.property(fc.array(fc.tuple(deed, fc.integer({ min: -50, max: 5000 }))), (deeds) => {
      const meter = createMeter();
      let at = 0;
      for (const [name, waitMs] of deeds) {
        at += waitMs;
        if (name === 'paused') meter.paused(at, true);
        else meter[name as 'playing'](at);
      }
      const passedMs = deeds.reduce((sum, [, waitMs]) => sum + Math.max(0, waitMs), 0);
      const { watchedMs, stalledMs } = meter.read(at);
      expect(watchedMs + stalledMs).toBeLessThanOrEqual(passedMs + 1);
    }),
  );
});
