import { beatAt } from '../effects/beats.rules.ts';
import { effectOf } from '../effects/effects.ts';
import { turnOf } from '../effects/moments.rules.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { createCubes } from './cube.ts';
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
 * transition between them, the effects on the result, and over that, out of the effects' reach, stickers and texts.
 */
export type Stage = { draw(order: FrameOrder): void; close(): void };

export function createStage(gl: Gl): Stage {
  const softener = createSoftener(gl);
  const cubes = createCubes(gl);
  const keying = createKeying(gl, softener);
  const scene = createScene(gl, softener, cubes, keying);
  const passes = createPasses(gl);
  const overlays = createOverlays(gl);
  const slots = {
    main: createPictureSlot(gl),
    before: createPictureSlot(gl),
    other: createPictureSlot(gl),
  };
  let size = { width: 0, height: 0 };
  let targets: (Target | null)[] = [null, null, null, null];
  const dropTargets = () => {
    for (const target of targets) deleteTarget(gl, target);
    targets = [null, null, null, null];
  };
  const target = (which: 0 | 1 | 2 | 3): Target =>
    (targets[which] ??= createTarget(gl, size.width, size.height));

  function fitCanvas(): void {
    const [width, height] = [gl.drawingBufferWidth, gl.drawingBufferHeight];
    if (width === size.width && height === size.height) return;
    size = { width, height };
    dropTargets();
    softener.resize(width, height);
    scene.resize(width, height);
  }

  return {
    draw(order) {
      fitCanvas();
      const { list, atMs, main, before, blend, mainLook, beforeLook } = order;
      const transition = before && blend < 1 && order.transition ? transitionOf(order.transition) : null;
      const effects = list.effects.filter(
        (one) => one.strength > 0 && present(one, atMs) && effectOf(one.effect),
      );
      const first = effects.length > 0 ? target(2) : null;
      if (transition) {
        scene.draw(before, beforeLook, slots.before, target(0));
        scene.draw(main, mainLook, slots.main, target(1));
        passes.between(transition, target(0), target(1), blend, first);
      } else scene.draw(main, mainLook, slots.main, first);
      const other = order.other ? target(3) : null;
      if (other) scene.draw(order.other!, order.otherLook ?? null, slots.other, other);
      effects.forEach((placed, i) => {
        const effect = effectOf(placed.effect)!;
        const frame = i % 2 === 0 ? target(2) : target(0);
        const next = i === effects.length - 1 ? null : i % 2 === 0 ? target(0) : target(2);
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
      overlays.draw(list, atMs, order.pins);
    },
    close() {
      dropTargets();
      for (const part of [softener, cubes, keying, scene, passes, overlays, ...Object.values(slots)])
        part.close();
    },
  };
}
