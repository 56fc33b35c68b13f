/** Street dance with stick figures: loud flat colours, everything on the beat (two a second). */
import { blend } from '../drawing/colour.ts';
import { blendPose, danceAt, dancer, type Pose, pose } from '../drawing/dancer.ts';
import { clamp01, easeIn, easeOut, glide, hump, mix, pop, span, wave } from '../drawing/easing.ts';
import {
  circle,
  d,
  dusk,
  each,
  ellipse,
  fade,
  label,
  line,
  path,
  place,
  rect,
  sky,
} from '../drawing/shapes.ts';
import type { Story } from '../drawing/story.ts';
import { burst, confetti, face } from '../drawing/things.ts';

const stand = pose(0, 0, 0, [-18, -8], [18, 8], [-8, -4], [8, 4]);
const groove: Pose[] = [
  pose(-10, -14, 10, [-110, -170], [30, 60], [-22, 6], [26, 12]),
  pose(10, 14, 10, [-30, -60], [110, 170], [-26, -12], [22, -6]),
  pose(-6, -10, 22, [-70, -150], [70, 150], [-44, 14], [44, -14]),
  pose(14, 16, 4, [-140, -150], [60, 130], [-12, -6], [40, -16]),
  pose(0, 0, 26, [-90, -90], [90, 90], [-50, 22], [50, -22]),
  pose(-16, -18, 6, [-60, -130], [150, 160], [-40, 16], [10, 4]),
];
const freeze = pose(18, 10, 8, [-150, -176], [118, 96], [-40, 20], [34, -8]);
const cheer = pose(0, 0, 0, [-150, -170], [150, 170], [-14, -4], [14, 4]);
const beats = (seconds: number) => seconds * 2;
const pulse = (seconds: number) => Math.exp(-((beats(seconds) % 1) * 4));

/** One dancer, one square of light that changes with every beat, one freeze. */
export const solo: Story = ({ random }) => {
  const floors = ['#ffc42e', '#ff7a59', '#3fc1c9', '#ff9ecd', '#b7e35b'];
  const party = confetti(random, 40);
  return {
    still: '',
    at: (t, seconds) => {
      const i = Math.floor(beats(seconds) / 2);
      const done = t > 0.84;
      const bg = floors[(done ? 2 : i) % 5]!;
      const next = floors[(i + 1) % 5]!;
      const wipe = done ? 0 : span((beats(seconds) / 2) % 1, 0.82, 1);
      const body =
        t < 0.08
          ? stand
          : done
            ? blendPose(danceAt(groove, beats(seconds)), freeze, easeOut(span(t, 0.84, 0.88)))
            : danceAt(groove, beats(seconds));
      const p = pulse(seconds);
      const jump = done ? hump(t, 0.8, 0.87) * 70 : p * 10;
      return (
        rect(0, 0, 540, 960, bg) +
        circle(255, 400, 640 * wipe, next) +
        each(8, (k) => {
          const r = 120 + k * 62;
          return circle(255, 360, r + p * 16, 'none', 'stroke="#fff" stroke-width="4" opacity=".16"');
        }) +
        rect(0, 616, 540, 344, blend(bg, '#2a1a22', 0.5)) +
        ellipse(255, 618, 150 - jump * 0.4, 18, '#2a1a22', 'opacity=".35"') +
        place(
          255,
          616 - jump,
          dancer(body, '#2a1a22', { head: '#fff3e0', shoes: '#fff', open: done ? 1 : p > 0.6 ? 0.2 : 1 }),
          { scale: 1.36 },
        ) +
        burst(255, 360, span(t, 0.85, 0.97), '#fff', 16, 240, 10) +
        (done ? party(seconds - (seconds / t) * 0.84) : '') +
        dusk('#2a1a22', 640, 0.6)
      );
    },
  };
};

/** A crew of three. The one in the middle is a beat late, until the others decide that this is the dance. */
export const crew: Story = () => ({
  still:
    sky('#ff5d8f', '#ff7f9f', '#f24c7f', '#7b1740') +
    each(10, (r) =>
      each(7, (c) => circle(30 + c * 80 + (r % 2) * 40, 40 + r * 62, 9, '#ff8fb3', 'opacity=".55"')),
    ) +
    rect(0, 600, 540, 360, '#5c1233') +
    rect(0, 594, 540, 12, '#8a1f4d') +
    dusk('#26051a', 640, 0.7),
  at: (t, seconds) => {
    const b = beats(seconds);
    const join = t > 0.66;
    const late = join ? b : b - 1;
    const side = danceAt(groove, b);
    const middle = t < 0.06 ? stand : danceAt(groove, late);
    const look = hump(t, 0.56, 0.68);
    const finish = easeOut(span(t, 0.92, 0.95));
    const p = pulse(seconds);
    const one = (x: number, body: Pose, head: string, mood: number, scale: number) =>
      ellipse(x, 600, 84 * scale, 12, '#26051a', 'opacity=".5"') +
      place(
        x,
        598 - p * 8 - finish * hump(t, 0.92, 1) * 50,
        dancer(blendPose(body, cheer, finish), '#26051a', { head, shoes: '#ffd34d', mood }),
        { scale },
      );
    const spark = join
      ? each(3, (i) =>
          place(105 + i * 150, 180 - p * 16, label(0, 0, '♪', 50, '#fff'), {
            turn: wave(seconds, 1, i) * 14,
            scale: pop(t, 0.66, 0.72),
          }),
        )
      : '';
    return (
      one(95, look > 0.3 && !join ? blendPose(side, stand, look) : side, '#8be0d0', join ? 1 : 0.3, 1.02) +
      one(415, look > 0.3 && !join ? blendPose(side, stand, look) : side, '#ffd34d', join ? 1 : 0.3, 1.02) +
      one(255, middle, '#fff3e0', join ? 1 : look > 0.2 ? -0.6 : 0.8, 1.26) +
      (look > 0.2 && !join ? place(255, 130, label(0, 0, '!?', 62, '#fff'), { scale: look }) : '') +
      spark +
      burst(255, 330, span(t, 0.92, 1.04), '#ffd34d', 18, 260, 9)
    );
  },
});

/** The windmill: legs become a fan, the floor becomes a record. */
export const windmill: Story = () => ({
  still:
    rect(0, 0, 540, 960, '#1b1740') +
    each(9, (i) =>
      path(
        d`M255 420L${255 + Math.cos(i * 0.698) * 900} ${420 + Math.sin(i * 0.698) * 900}L${255 + Math.cos(i * 0.698 + 0.35) * 900} ${420 + Math.sin(i * 0.698 + 0.35) * 900}Z`,
        '#231e52',
      ),
    ) +
    dusk('#0a0820', 640, 0.8),
  at: (t, seconds) => {
    const windup = span(t, 0.08, 0.24);
    const speed = easeIn(span(t, 0.2, 0.5));
    const slow = easeOut(span(t, 0.74, 0.86));
    const turns = windup * 0.2 + (t < 0.2 ? 0 : (t - 0.2) * 5 * speed);
    const spin = t < 0.74 ? turns * 360 : mix(((0.74 - 0.2) * 5 + 0.2) * 360, 1080, slow);
    const spinning = speed * (1 - slow);
    const disc =
      circle(255, 420, 250, '#100d2b') +
      each(6, (i) => circle(255, 420, 226 - i * 26, 'none', 'stroke="#2b2566" stroke-width="3"')) +
      place(
        255,
        420,
        path('M0 0L240 -40A244 244 0 0 1 240 40Z', '#fff', 'opacity=".06"') +
          path('M0 0L-240 -40A244 244 0 0 0 -240 40Z', '#fff', 'opacity=".06"'),
        { turn: spin * 0.5 },
      );
    // Down on the hands, legs apart, round; up again, and the world goes on turning for a while.
    const down = easeOut(span(t, 0.12, 0.26)) * (1 - slow);
    const apart = 58 + 22 * wave(seconds, 1);
    const whirl = pose(0, 0, 0, [-128, -96], [128, 96], [-apart, -apart - 14], [apart, apart + 14]);
    const upright = t < 0.8 ? danceAt(groove, beats(seconds)) : t < 0.9 ? stand : freeze;
    const figure = (fade: number, behind: number, plain: boolean) =>
      place(
        255,
        420,
        place(
          0,
          142,
          dancer(blendPose(upright, whirl, down), '#fff3e0', {
            head: '#ffb224',
            shoes: '#ff5247',
            open: spinning > 0.4 ? 0 : 1,
            mood: t > 0.8 && t < 0.9 ? -0.2 : 1,
            plain,
          }),
        ),
        { turn: spin - behind, scale: 1.42 + 0.05 * pulse(seconds), fade },
      );
    const trails =
      spinning > 0.05 ? figure(0.14 * spinning, 44, true) + figure(0.26 * spinning, 22, true) : '';
    const dizzy =
      t > 0.88
        ? each(3, (i) => {
            const a = seconds * 5 + i * 2.09;
            return place(255 + Math.cos(a) * 96, 196 + Math.sin(a) * 22, label(0, 0, '★', 40, '#ffd34d'), {
              scale: pop(t, 0.88, 0.92),
            });
          })
        : '';
    return (
      disc + trails + figure(1, 0, false) + dizzy + burst(255, 420, span(t, 0.86, 0.98), '#fff', 16, 290, 8)
    );
  },
});

/** He dances carefully. His shadow has been to classes. */
export const shadow: Story = () => {
  const shy: Pose[] = [
    pose(-3, -5, 2, [-24, -14], [24, 14], [-8, -2], [8, 2]),
    pose(3, 5, 2, [-20, -30], [20, 30], [-8, -2], [8, 2]),
  ];
  return {
    still:
      sky('#ffe3c2', '#ffd3a1', '#f9b978', '#8a4a24') +
      path('M0 60L540 0V620H0Z', '#ffdcb0', 'opacity=".6"') +
      rect(0, 606, 540, 354, '#b8683a') +
      rect(0, 600, 540, 10, '#d58552') +
      place(
        470,
        590,
        rect(-30, -6, 60, 22, '#3a2a2a', 8) +
          path('M-22 -8L-40 -46L14 -60L22 -8Z', '#3a2a2a') +
          circle(-14, -36, 18, '#fff6d0'),
      ) +
      dusk('#3b1a0b', 630, 0.8),
    at: (t, seconds) => {
      const b = beats(seconds);
      const brave = glide(t, 0.66, 0.74);
      const wild = glide(t, 0.2, 0.26);
      const five = easeOut(span(t, 0.88, 0.93));
      const own = blendPose(danceAt(shy, b), danceAt(groove, b), brave);
      const other = blendPose(danceAt(shy, b), danceAt(groove, b), wild);
      const notice = hump(t, 0.46, 0.64);
      const high = pose(-8, 0, 0, [-30, -20], [120, 152], [-12, -4], [10, 2]);
      const low = pose(10, 0, 0, [-138, -140], [26, 12], [-8, -4], [16, 6]);
      const big = place(330, 604, dancer(blendPose(other, low, five), '#7c3f1e', { plain: true }), {
        scale: mix(1.5, 1.62, pulse(seconds)),
        fade: 0.62,
      });
      const eyes =
        t > 0.9 ? place(330 + 26, 604 - 455, face(70, 1, 1, '#ffdcb0'), { scale: pop(t, 0.9, 0.95) }) : '';
      return (
        big +
        eyes +
        ellipse(170, 606, 70, 11, '#6b3417', 'opacity=".5"') +
        place(
          170,
          604 - brave * pulse(seconds) * 10,
          dancer(blendPose(notice > 0.2 ? blendPose(own, stand, notice) : own, high, five), '#2f2a4a', {
            head: '#fff3e0',
            shoes: '#ff5247',
            mood: notice > 0.3 ? -0.5 : 0.9,
            open: 1,
          }),
          { scale: 1.1 },
        ) +
        (notice > 0.25 ? place(140, 150, label(0, 0, '…', 70, '#2f2a4a'), { scale: notice }) : '') +
        burst(236, 360, span(t, 0.9, 1.0), '#fff', 14, 120, 9)
      );
    },
  };
};

/** After closing time: a broom, an empty hall, and then not so empty. */
export const broom: Story = ({ random }) => {
  const seats = Array.from({ length: 9 }, (_, i) => ({
    x: 34 + i * 54 + random.between(-6, 6),
    tint: random.pick(['#ff9e6d', '#8be0d0', '#ffd34d', '#ff8fb1', '#b9a6ff']),
    phase: random.between(0, 6),
  }));
  const rose = (x: number, y: number, turn: number) =>
    place(
      x,
      y,
      line(0, 0, 0, 44, '#3d8b4a', 5) + circle(0, -6, 13, '#ff5247') + circle(4, -8, 6, '#c93c3c'),
      { turn },
    );
  return {
    still:
      sky('#0e1b2e', '#14273f', '#0c1626', '#050a12') +
      path('M0 0H110Q90 300 40 590H0Z', '#6b1f3a') +
      path('M540 0H430Q450 300 500 590H540Z', '#6b1f3a') +
      each(3, (i) =>
        path(
          d`M${20 + i * 30} 0Q${24 + i * 26} 300 ${6 + i * 14} 590`,
          'none',
          'stroke="#50152a" stroke-width="6"',
        ),
      ) +
      rect(0, 574, 540, 26, '#5b3a2a') +
      rect(0, 600, 540, 360, '#2a1a14') +
      dusk('#050a12', 640, 0.75),
    at: (t, seconds) => {
      const b = beats(seconds);
      const dance = glide(t, 0.2, 0.28);
      const lights = glide(t, 0.72, 0.76);
      const sweep = pose(10, 0, 6, [20, 40], [44, 30], [-18, -2], [20, 4]);
      const sweepB = pose(14, 8, 6, [34, 56], [60, 44], [-22, 2], [16, 0]);
      const x = 255 + Math.sin(seconds * 1.5) * 86 * (t < 0.72 ? 1 : 0.2);
      const body = blendPose(danceAt([sweep, sweepB], b), danceAt(groove, b), dance * (1 - lights));
      const caught = blendPose(body, stand, lights);
      const bow = hump(t, 0.86, 0.98);
      const bowed = blendPose(caught, pose(64, -14, 4, [-40, -60], [50, 20], [-8, -2], [8, 2]), bow);
      const beam =
        path(
          d`M255 -20L${x - 130} 590H${x + 130}Z`,
          '#ffe9a8',
          `opacity="${(0.22 * (1 - lights)).toFixed(2)}"`,
        ) + ellipse(x, 588, 130, 16, '#ffe9a8', `opacity="${(0.45 * (1 - lights)).toFixed(2)}"`);
      const stick = place(
        x + 92 + dance * Math.sin(seconds * 3) * 16,
        580,
        line(0, 0, 0, -250, '#c98a4b', 10) +
          path('M-26 0L-12 -58H12L26 0Z', '#ffd34d') +
          rect(-15, -64, 30, 12, '#e2574c', 4),
        { turn: 10 + dance * wave(seconds, 1) * 26 * (1 - lights) },
      );
      const crowd =
        lights > 0
          ? seats
              .map((s, i) =>
                place(
                  s.x,
                  690 - lights * 54 - Math.abs(wave(seconds, 2, s.phase)) * 16,
                  circle(0, 0, 30, s.tint) +
                    path('M-34 70Q-30 28 0 28Q30 28 34 70Z', blend(s.tint, '#2a1a22', 0.35)) +
                    line(-26, 40, -16 + wave(seconds, 4, i) * 9, 0, blend(s.tint, '#2a1a22', 0.2), 9) +
                    line(26, 40, 16 - wave(seconds, 4, i) * 9, 0, blend(s.tint, '#2a1a22', 0.2), 9),
                ),
              )
              .join('')
          : '';
      const roses =
        t > 0.82
          ? each(5, (i) => {
              const k = span(t, 0.82 + i * 0.025, 0.93 + i * 0.025);
              return k > 0
                ? rose(
                    mix(60 + i * 100, 170 + i * 40, k),
                    mix(700, 560, k) - Math.sin(k * 3.14) * 260,
                    k * 330 + i * 40,
                  )
                : '';
            })
          : '';
      return (
        fade(
          rect(0, 0, 540, 600, '#8a4a5c') +
            path('M0 0H110Q90 300 40 590H0Z', '#c93c5c') +
            path('M540 0H430Q450 300 500 590H540Z', '#c93c5c') +
            rect(0, 574, 540, 26, '#a8704a') +
            each(9, (i) => circle(30 + i * 60, 30, 12, '#ffe9a8')),
          lights,
        ) +
        beam +
        stick +
        place(
          x,
          582 - pulse(seconds) * 8 * dance,
          dancer(bowed, '#e8eef5', {
            head: '#f3c9a0',
            shoes: '#58a6ff',
            mood: lights > 0 && t < 0.8 ? -0.7 : 1,
            open: clamp01(lights > 0 ? 1 : 0.1 + (1 - dance)),
          }),
          { scale: 1.16 },
        ) +
        roses +
        crowd
      );
    },
  };
};
