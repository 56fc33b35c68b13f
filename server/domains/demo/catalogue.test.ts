import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { clips, creators, openingClips } from './catalogue.ts';
import { drawClip, svgAt } from './frames.ts';

const small = async (svg: string) => sharp(Buffer.from(svg)).resize(54, 96).removeAlpha().raw().toBuffer();

describe('the programme', () => {
  it('has sixty clips in twelve topics, five each, by twenty creators who all publish', () => {
    const topics = Map.groupBy(clips, (clip) => clip.topic);
    expect(clips).toHaveLength(60);
    expect([...topics.values()].map((list) => list.length)).toEqual(Array(12).fill(5));
    expect(new Set(clips.map((clip) => clip.creator))).toEqual(new Set(creators.map((one) => one.handle)));
    expect(creators).toHaveLength(20);
  });

  it('repeats no id, caption, story, seed, sound or handle', () => {
    for (const key of ['id', 'caption', 'story', 'seed', 'soundTitle'] as const)
      expect(new Set(clips.map((clip) => clip[key])).size, key).toBe(60);
    expect(new Set(creators.map((one) => one.handle)).size).toBe(20);
  });

  it('speaks several languages, and every caption has hashtags and fits', () => {
    expect(new Set(clips.map((clip) => clip.language)).size).toBeGreaterThanOrEqual(7);
    for (const clip of clips) {
      expect(clip.caption.length).toBeLessThanOrEqual(2200);
      expect(clip.tags.length, clip.id).toBeGreaterThan(0);
      expect(creators.find((one) => one.handle === clip.creator)?.language, clip.id).toBe(clip.language);
      expect(clip.durationMs).toBeGreaterThanOrEqual(5000);
      expect(clip.durationMs).toBeLessThanOrEqual(20_000);
      expect(clip.posterMs).toBeLessThan(clip.durationMs);
      for (const cue of clip.cues ?? []) {
        expect(cue.endMs).toBeGreaterThan(cue.startMs);
        expect(cue.endMs).toBeLessThanOrEqual(clip.durationMs);
      }
    }
  });

  it('opens with one short clip of every topic, and neighbours never share one', () => {
    expect(new Set(openingClips.map((clip) => clip.topic)).size).toBe(12);
    for (const clip of openingClips) expect(clip.durationMs).toBeLessThanOrEqual(7000);
    clips.slice(1).forEach((clip, i) => {
      expect(clip.topic).not.toBe(clips[i]!.topic);
    });
  });
});

describe('the pictures', () => {
  it('are whole SVG at every moment and move all the time', () => {
    for (const clip of clips) {
      const drawing = drawClip(clip);
      const seen = new Set<string>();
      for (let k = 0; k <= 40; k++) {
        const svg = svgAt(clip, drawing, (clip.durationMs * k) / 40);
        if (/NaN|undefined|Infinity|null|\[object/.test(svg)) throw new Error(`${clip.id} at ${k}/40`);
        expect(svg.split('<g').length, clip.id).toBe(svg.split('</g>').length);
        expect(svg.length, clip.id).toBeLessThan(80_000);
        seen.add(svg);
      }
      // The pendulums' wave is its own mirror image in time: half of its pictures come twice.
      expect(seen.size, clip.id).toBeGreaterThan(20);
    }
  });

  it('are the same for the same seed', () => {
    for (const clip of clips)
      expect(svgAt(clip, drawClip(clip), clip.posterMs)).toBe(svgAt(clip, drawClip(clip), clip.posterMs));
  });

  it('can be rasterised, and the five of a topic look clearly different', async () => {
    const posters = new Map<string, Buffer>();
    for (const clip of clips) posters.set(clip.id, await small(svgAt(clip, drawClip(clip), clip.posterMs)));
    for (const a of clips)
      for (const b of clips) {
        if (a.topic !== b.topic || a.id >= b.id) continue;
        const [p, q] = [posters.get(a.id)!, posters.get(b.id)!];
        const apart = p.reduce((sum, v, i) => sum + Math.abs(v - q[i]!), 0) / p.length;
        expect(apart, `${a.id} and ${b.id}`).toBeGreaterThan(12);
      }
  });
});
