import { beatAt } from '../effects/beats.rules.ts';
import { effectOf } from '../effects/effects.ts';
import { turnOf } from '../effects/moments.rules.ts';
import { pixelsOf } from '../layouts/cells.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { createCells } from './cells.ts';
import { createCubes } from './cube.ts';
import { contain, cover } from './fit.ts';
import type { FrameOrder } from './frame-order.ts';
import { createTarget, deleteTarget, type Gl, type Target } from './gpu.ts';
import { createKeying } from './keying.ts';
import { present } from './overlay.rules.ts';
import { createOverlays } from './overlays.ts';
import { createPasses } from './passes.ts';
import { createPictureSlot } from './picture.ts';
import { createScene } from './scene.ts';
import { createSoftener } from './soften.ts';

/**
 * Everything that lives on the graphics card, and the order in which it is used: the clips with their looks, the
 * transition between them, the effects on the result, then the other cells of a layout beside it, and over all that,
 * out of the effects' reach, stickers and texts.
 */
export type Stage = { draw(order: FrameOrder): void; close(): void };

export function createStage(gl: Gl): Stage {
  const softener = createSoftener(gl);
  const cubes = createCubes(gl);
  const keying = createKeying(gl, softener);
  const scene = createScene(gl, softener, cubes, keying);
  const passes = createPasses(gl);
  const overlays = createOverlays(gl);
  const cells = createCells(gl);
  const slots = {
    main: createPictureSlot(gl),
    before: createPictureSlot(gl),
    other: createPictureSlot(gl),
  };
  let size = { width: 0, height: 0 };
  let targets: (Target | null)[] = [null, null, null, null, null];
  const dropTargets = () => {
    for (const target of targets) deleteTarget(gl, target);
    targets = [null, null, null, null, null];
  };
  const target = (which: 0 | 1 | 2 | 3 | 4): Target =>
    (targets[which] ??= createTarget(gl, size.width, size.height));

  /** The clips fill the canvas, or their cell of it. */
  function fitClips({ width, height }: { width: number; height: number }): void {
    if (width === size.width && height === size.height) return;
    size = { width, height };
    dropTargets();
    softener.resize(width, height);
    scene.resize(width, height);
  }

  return {
    draw(order) {
      const { list, atMs, main, before, blend, mainLook, beforeLook } = order;
      const { layout } = list;
      const canvas = { width: gl.drawingBufferWidth, height: gl.drawingBufferHeight };
      const places = layout && pixelsOf(layout, canvas);
      fitClips(places?.[layout!.mine] ?? canvas);
      const lay = layout ? cover : contain;
      const mine = layout ? target(4) : null;
      const transition = before && blend < 1 && order.transition ? transitionOf(order.transition) : null;
      const effects = list.effects.filter(
        (one) => one.strength > 0 && present(one, atMs) && effectOf(one.effect),
      );
      const first = effects.length > 0 ? target(2) : mine;
      if (transition) {
        scene.draw(before, beforeLook, slots.before, target(0), lay);
        scene.draw(main, mainLook, slots.main, target(1), lay);
        passes.between(transition, target(0), target(1), blend, first);
      } else scene.draw(main, mainLook, slots.main, first, lay);
      const other = order.other ? target(3) : null;
      if (other) scene.draw(order.other!, order.otherLook ?? null, slots.other, other, lay);
      effects.forEach((placed, i) => {
        const effect = effectOf(placed.effect)!;
        const frame = i % 2 === 0 ? target(2) : target(0);
        const next = i === effects.length - 1 ? mine : i % 2 === 0 ? target(0) : target(2);
        const soft = effect.soft ? softener.soften(frame.texture, [0, 0, 1, 1]) : null;
        const seconds = (atMs - placed.atMs) / 1000;
        const beat = beatAt(list, placed, atMs);
        const moment = effect.turns ? turnOf(list, placed, atMs) : null;
        const turn = moment && {
          sinceS: (atMs - moment.momentMs) / 1000,
          reachS: moment.reachMs / 1000,
          other: moment.otherMs === null ? null : other,
        };
        passes.effect(
          { effect, frame, soft, seconds, strength: placed.strength, beat, turn, face: order.face ?? null },
          next,
        );
      });
      if (layout) cells.draw(layout, places!, mine!.texture, order.others ?? []);
      overlays.draw(list, atMs, order.pins);
    },
    close() {
      dropTargets();
      for (const part of [softener, cubes, keying, scene, passes, overlays, cells, ...Object.values(slots)])
        part.close();
    },
  };
}
