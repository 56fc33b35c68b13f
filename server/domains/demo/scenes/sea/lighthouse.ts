/** Sea and lighthouses: one horizon, something that shines, something that swims. */
import { blend } from '../../drawing/colour.ts';
import { clamp01, easeOut, glide, mix, pop, span, wave } from '../../drawing/easing.ts';
import { circle, d, dusk, each, glow, line, path, place, rect, sky, stroke } from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { blink, burst, cloud, face, heart, scatterStars, stillStars, swell } from '../../drawing/things.ts';

const tower = (stripes: (i: number) => string, lamp: string) =>
  path('M-46 0L-30 -260H30L46 0Z', '#f7f0e2') +
  each(4, (i) => {
    const y0 = -i * 65 - 6;
    const y1 = y0 - 33;
    const w0 = 46 + (16 * y0) / 260;
    const w1 = 46 + (16 * y1) / 260;
    return path(d`M${-w0} ${y0}L${-w1} ${y1}H${w1}L${w0} ${y0}Z`, stripes(i));
  }) +
  rect(-42, -272, 84, 14, '#2b2f44', 4) +
  rect(-24, -316, 48, 46, lamp) +
  line(-24, -316, -24, -272, '#2b2f44', 5) +
  line(24, -316, 24, -272, '#2b2f44', 5) +
  line(0, -316, 0, -272, '#2b2f44', 4) +
  path('M-34 -314Q0 -362 34 -314Z', '#c93c3c') +
  circle(0, -346, 7, '#2b2f44') +
  path('M-13 0V-28A13 13 0 0 1 13 -28V0Z', '#2b2f44');

const boat = (hull: string, sail: string, mood: number, open: number) =>
  path('M-74 -6H74Q62 40 34 42H-34Q-62 40 -74 -6Z', hull) +
  rect(-78, -12, 156, 11, '#f7f0e2', 5) +
  line(0, -12, 0, -136, '#5a3a2a', 7) +
  path('M6 -134Q76 -80 62 -24H6Z', sail) +
  path('M-6 -120Q-50 -70 -44 -24H-6Z', '#f7f0e2') +
  place(0, 14, face(56, open, mood, '#2b1a14'));

/** Fog, a lost boat, a beam that goes round: on the third sweep it finds it. */
export const lostBoat: Story = ({ random }) => {
  const stars = scatterStars(random, 36, 380);
  return {
    still:
      sky('#0b1230', '#14224a', '#1d3a5f', '#0b1a2c') +
      stillStars(stars) +
      path('M300 620Q340 520 420 510Q520 510 560 560V660H280Z', '#0c1526') +
      place(
        420,
        516,
        tower(() => '#c93c3c', '#ffe9a8'),
      ),
    at: (t, seconds) => {
      const found = t > 0.62;
      const aim = Math.atan2(510 - 222, 130 - 420);
      const angle = found ? aim : aim + (0.62 - t) * 15;
      const reach = 640;
      const half = 0.13;
      const lx = 420;
      const ly = 222;
      const back = Math.cos(angle) > 0 ? 0.35 : 1;
      const beam =
        path(
          d`M${lx} ${ly}L${lx + Math.cos(angle - half) * reach} ${ly + Math.sin(angle - half) * reach * 0.92}L${lx + Math.cos(angle + half) * reach} ${ly + Math.sin(angle + half) * reach * 0.92}Z`,
          '#ffe9a8',
          `opacity="${(0.34 * back).toFixed(2)}"`,
        ) +
        path(
          d`M${lx} ${ly}L${lx + Math.cos(angle - half * 0.4) * reach} ${ly + Math.sin(angle - half * 0.4) * reach * 0.92}L${lx + Math.cos(angle + half * 0.4) * reach} ${ly + Math.sin(angle + half * 0.4) * reach * 0.92}Z`,
          '#fff6d6',
          `opacity="${(0.35 * back).toFixed(2)}"`,
        );
      const home = glide(t, 0.7, 0.96);
      const bx = mix(120 + wave(seconds, 0.2) * 20, 236, home);
      const by = 536 + wave(seconds, 0.55) * 10;
      const lit = found ? 1 : clamp01(1 - Math.abs((angle - aim) % 6.283) * 2) * 0.8;
      const ship = place(
        bx,
        by,
        boat(
          blend('#1c2740', '#e2574c', lit),
          blend('#24304d', '#ffb224', lit),
          found ? 1 : -0.7,
          blink(seconds),
        ),
        { turn: wave(seconds, 0.55, 1) * 6, scale: 1.05 },
      );
      const worry =
        !found && t > 0.08
          ? place(
              bx + 20,
              by - 170,
              `<text font-family="DejaVu Sans, sans-serif" font-weight="700" font-size="44" text-anchor="middle" fill="#8fa3c9">?</text>`,
              { fade: 0.5 + 0.5 * wave(seconds, 0.8) },
            )
          : '';
      const fog = each(3, (i) =>
        place(mix(-140, 640, (seconds * 0.035 + i * 0.37) % 1), 430 + i * 44, cloud(360, '#7d8fb0'), {
          fade: 0.26 * (1 - home * 0.8),
        }),
      );
      return (
        glow('lamp', lx, ly, 110, '#ffe9a8', 0.8) +
        beam +
        swell(560, 8, 46, seconds * 1.4, '#16304d') +
        ship +
        worry +
        swell(584, 9, 56, -seconds * 1.6, '#10263f') +
        swell(618, 10, 64, seconds * 1.2, '#0c1e33') +
        fog +
        (t > 0.88
          ? each(2, (i) =>
              place(
                mix(bx + 10, 380, span(t, 0.88 + i * 0.03, 1.02)),
                mix(by - 130, 200, span(t, 0.88 + i * 0.03, 1.02)),
                heart(15 + i * 5, '#ff5247'),
                { scale: pop(t, 0.88 + i * 0.03, 0.93 + i * 0.03) },
              ),
            )
          : '') +
        dusk('#040a14', 640, 0.7)
      );
    },
  };
};

/** The keeper paints the stripes. A gull helps. */
export const freshPaint: Story = () => ({
  still:
    sky('#8fdcec', '#bdeef0', '#e9f8ea', '#58a9b0') +
    circle(90, 140, 50, '#fff3b8') +
    place(420, 130, cloud(130, '#fff')) +
    place(120, 260, cloud(90, '#fff')),
  at: (t, seconds) => {
    const stroke4 = (i: number) => span(t, 0.08 + i * 0.15, 0.21 + i * 0.15);
    const tints = ['#e8373f', '#e8373f', '#e8373f', '#e8373f'];
    const active = Math.min(3, Math.max(0, Math.floor((t - 0.06) / 0.15)));
    const up = t < 0.7 ? mix(-34, -34 - 65 * 3, clamp01((t - 0.06) / 0.56)) : -229;
    const k = 1.42;
    const painted = place(
      255,
      560,
      tower((i) => blend('#f7f0e2', tints[i]!, stroke4(i) > 0.98 ? 1 : 0), t > 0.86 ? '#ffe27a' : '#cfeaf0') +
        each(4, (i) => {
          const s = stroke4(i);
          if (s <= 0 || s > 0.98) return '';
          const y0 = -i * 65 - 6;
          const y1 = y0 - 33;
          const w0 = 46 + (16 * y0) / 260;
          const w1 = 46 + (16 * y1) / 260;
          return path(
            d`M${-w0} ${y0}L${-w1} ${y1}L${mix(-w1, w1, s)} ${y1}L${mix(-w0, w0, s)} ${y0}Z`,
            tints[i]!,
          );
        }),
      { scale: k },
    );
    const sweep = stroke4(active);
    const sx = t > 0.69 ? 60 : mix(-40, 40, sweep > 0.98 ? 1 : sweep);
    const basketY = up * k;
    const keeper = place(
      255 + sx * 0.4,
      560 + basketY,
      line(-50, 26, -50, -460 - basketY, '#8a6a4a', 3) +
        line(50, 26, 50, -460 - basketY, '#8a6a4a', 3) +
        rect(-62, 22, 124, 16, '#a8713f', 5) +
        path('M-24 24Q-26 -34 0 -36Q26 -34 24 24Z', '#31577d') +
        circle(0, -54, 25, '#f3c9a0') +
        path('M-26 -60Q-22 -84 0 -84Q22 -84 26 -60Z', '#24405e') +
        rect(-30, -64, 60, 8, '#24405e', 4) +
        path('M-20 -44Q0 -14 20 -44Q0 -34 -20 -44Z', '#fff') +
        place(0, -56, face(32, blink(seconds), t > 0.72 && t < 0.86 ? -0.8 : 0.6)) +
        line(16, -14, 50, -6 + wave(seconds, 2.5) * 8, '#31577d', 12) +
        rect(44, -14 + wave(seconds, 2.5) * 8, 26, 18, '#e8373f', 4),
    );
    const gull = span(t, 0.62, 0.72);
    const gx = t < 0.78 ? mix(600, 372, easeOut(gull)) : 372;
    const gy = t < 0.78 ? mix(140, 476, easeOut(gull)) : 476;
    const slip = span(t, 0.74, 0.8);
    const bucket =
      slip > 0
        ? place(
            mix(372, 392, slip),
            mix(500, 476, slip),
            path('M-26 -24H26L20 26H-20Z', '#e8373f') + stroke('M-24 -24Q0 -58 24 -24', '#8a6a4a', 4),
            { turn: slip * 130, fade: 1 - span(slip, 0.6, 1) },
          )
        : t > 0.06
          ? place(
              372,
              506,
              path('M-26 -24H26L20 26H-20Z', '#c9d4da') +
                rect(-26, -26, 52, 9, '#e8373f') +
                stroke('M-24 -24Q0 -58 24 -24', '#8a6a4a', 4),
            )
          : '';
    const red = span(t, 0.78, 0.83);
    const bodyTint = (tint: string, i: number) =>
      red > 0 && i % 2 === 0 ? blend(tint, '#e8373f', red) : tint;
    const seagull =
      gull > 0
        ? place(
            gx,
            gy,
            path('M-40 -10Q-34 -44 6 -44Q40 -40 62 -14Q30 14 -10 12Q-36 8 -40 -10Z', '#fff') +
              each(3, (i) =>
                red > 0.3 ? rect(-22 + i * 24, -40 + i * 4, 12, 48, bodyTint('#ffffff', 0), 5) : '',
              ) +
              circle(-34, -44, 22, '#fff') +
              path('M-54 -46L-80 -38L-54 -34Z', '#ffb224') +
              circle(-40, -48, 4.5, '#22303a') +
              line(-6, 12, -8, 30, '#ffb224', 5) +
              line(10, 12, 12, 30, '#ffb224', 5) +
              (gull < 1
                ? path(
                    d`M-6 -30Q30 ${-100 * wave(seconds, 3)} 66 ${-60 * wave(seconds, 3)}Q44 -10 10 -14Z`,
                    '#dfe8ec',
                  )
                : path('M-6 -30Q34 -30 58 -8Q30 4 0 -4Z', '#dfe8ec')),
            { scale: 1.25 },
          )
        : '';
    return (
      path('M60 600Q110 548 255 552Q420 548 470 604Z', '#5c7a6a') +
      painted +
      keeper +
      bucket +
      seagull +
      burst(372, 460, span(t, 0.77, 0.87), '#e8373f', 12, 80, 10) +
      (t > 0.88 ? place(330, 330, heart(22, '#e8373f'), { scale: pop(t, 0.88, 0.94) }) : '') +
      swell(592, 8, 50, seconds * 1.4, '#3f9fae') +
      swell(624, 9, 58, -seconds * 1.3, '#2e879a') +
      dusk('#0b3340', 630, 0.75)
    );
  },
});
