import type { Beat } from '../effects/beats.rules.ts';
import type { Effect } from '../effects/effect.ts';
import type { Marks } from '../seeing/marks.rules.ts';
import type { Transition } from '../transitions/transition.ts';
import {
  bindTexture,
  createProgram,
  drawWhole,
  fragmentHead,
  type Gl,
  type Program,
  type Target,
  wholeFrame,
} from './gpu.ts';

/** What stands around a module's piece of GLSL. The modules' own headers say what they may use. */

const transitionShader = (transition: Transition) => `${fragmentHead}
uniform sampler2D u_before;
uniform sampler2D u_after;
uniform float u_blend;
uniform vec2 u_size;
vec4 inFrame(vec2 place, vec4 seen) {
  bool inside = all(greaterThanEqual(place, vec2(0.0))) && all(lessThanEqual(place, vec2(1.0)));
  return inside ? seen : vec4(0.0, 0.0, 0.0, 1.0);
}
vec4 before(vec2 place) { return inFrame(place, textureLod(u_before, place, 0.0)); }
vec4 after(vec2 place) { return inFrame(place, textureLod(u_after, place, 0.0)); }
${transition.shader}
void main() { colour = vec4(between(at, u_blend).rgb, 1.0); }`;

/** Whole numbers only, so that every card draws the same lot: pcg3d (Jarzynski and Olano, JCGT 9-3, 2020). */
const chance = `
float chance(ivec3 seed) {
  uvec3 v = uvec3(seed) * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> 16u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  return float(v.x >> 8u) / 16777216.0;
}`;

const turning = `
uniform sampler2D u_beyond;
uniform float u_other;
uniform float u_turn;
uniform float u_reach;
vec4 other(vec2 place) { return textureLod(u_beyond, place, 0.0); }`;

const following = `
uniform float u_face;
uniform vec4 u_eyes;
uniform vec4 u_mouth;
uniform vec4 u_head;
vec2 seen(vec2 place, vec2 middle) {
  vec2 far = (place - middle) * vec2(1.0, u_size.y / u_size.x);
  float lean = u_head.w;
  return vec2(far.x * cos(lean) + far.y * sin(lean), far.y * cos(lean) - far.x * sin(lean)) / max(u_head.z, 0.001);
}
vec2 unseen(vec2 far, vec2 middle) {
  far *= u_head.z;
  float lean = u_head.w;
  vec2 turned = vec2(far.x * cos(lean) - far.y * sin(lean), far.y * cos(lean) + far.x * sin(lean));
  return middle + turned / vec2(1.0, u_size.y / u_size.x);
}`;

const effectShader = (effect: Effect) => `${fragmentHead}
uniform sampler2D u_frame;
uniform float u_time;
uniform float u_strength;
uniform vec2 u_size;
uniform float u_since;
uniform float u_until;
uniform float u_beat;
${effect.turns ? turning : ''}${effect.follows ? following : ''}
${Object.entries(effect.values)
  .map(([name, value]) => `const float ${name} = ${Number.isInteger(value) ? value.toFixed(1) : value};`)
  .join('\n')}
${chance}
vec4 frame(vec2 place) { return textureLod(u_frame, place, 0.0); }
${effect.soft ? 'uniform sampler2D u_soft;\nvec3 soft(vec2 place) { return textureLod(u_soft, place, 0.0).rgb; }' : ''}
${effect.shader}
void main() { colour = vec4(effect(at).rgb, 1.0); }`;

type Size = { width: number; height: number };
export type Passes = {
  between(transition: Transition, before: Target, after: Target, blend: number, target: Target | null): void;
  effect(order: EffectOrder, target: Target | null): void;
  close(): void;
};
export type EffectOrder = {
  effect: Effect;
  frame: Target;
  soft: WebGLTexture | null;
  seconds: number;
  strength: number;
  beat: Beat;
  /** Of an effect that turns: its moment, and the picture beyond it if there is one. */
  turn: { sinceS: number; reachS: number; other: Target | null } | null;
  /** Null where no face is seen. */
  face: Marks | null;
};

/** Programs are made when a module is first met: a list uses few of them, and linking takes a while. */
export function createPasses(gl: Gl): Passes {
  const programs = new Map<string, Program>();
  function program(key: string, shader: () => string, size: Size): Program {
    const made = programs.get(key) ?? createProgram(gl, wholeFrame, shader());
    programs.set(key, made);
    made.use();
    made.number('u_size', size.width, size.height);
    return made;
  }
  return {
    between(transition, before, after, blend, target) {
      const pass = program(`transition ${transition.name}`, () => transitionShader(transition), after);
      bindTexture(gl, 0, before.texture);
      bindTexture(gl, 1, after.texture);
      pass.whole('u_before', 0);
      pass.whole('u_after', 1);
      pass.number('u_blend', blend);
      drawWhole(gl, pass, target);
    },
    effect({ effect, frame, soft, seconds, strength, beat, turn, face }, target) {
      const pass = program(`effect ${effect.name}`, () => effectShader(effect), frame);
      bindTexture(gl, 0, frame.texture);
      pass.whole('u_frame', 0);
      if (soft) {
        bindTexture(gl, 1, soft);
        pass.whole('u_soft', 1);
      }
      if (turn) {
        // A sampler without a texture is a fault on some cards, even if it is never read.
        bindTexture(gl, 2, (turn.other ?? frame).texture);
        pass.whole('u_beyond', 2);
        pass.number('u_other', turn.other ? 1 : 0);
        pass.number('u_turn', turn.sinceS);
        pass.number('u_reach', turn.reachS);
      }
      if (effect.follows) {
        const nowhere = [0.5, 0.5, 0.1, 0] as const;
        pass.number('u_face', face ? 1 : 0);
        pass.number('u_eyes', ...(face?.eyes ?? nowhere));
        pass.number('u_mouth', ...(face?.mouth ?? nowhere));
        pass.number('u_head', ...(face?.head ?? nowhere));
      }
      pass.number('u_since', beat.sinceS);
      pass.number('u_until', beat.untilS);
      pass.number('u_beat', beat.count);
      pass.number('u_time', seconds);
      pass.number('u_strength', strength);
      drawWhole(gl, pass, target);
    },
    close() {
      for (const one of programs.values()) one.delete();
    },
  };
}
