/** Sea and lighthouses: one horizon, something that shines, something that swims. */
import { along, blend } from '../../drawing/colour.ts';
import { easeBoth, easeOut, glide, hump, mix, pop, span, wave } from '../../drawing/easing.ts';
import {
  circle,
  d,
  dusk,
  each,
  ellipse,
  fade,
  glow,
  line,
  path,
  place,
  rect,
  sky,
  stroke,
} from '../../drawing/shapes.ts';
import type { Story } from '../../drawing/story.ts';
import { bird, blink, burst, cloud, face, heart, swell } from '../../drawing/things.ts';

/** A fisher has caught nothing all day. It turns out he is sitting on it. */
export const whale: Story = () => ({
  still:
    sky('#ffd9a0', '#ffc18a', '#f79d7b', '#c86a6a') +
    circle(150, 200, 64, '#fff2cf') +
    place(380, 150, cloud(140, '#ffe9cf')),
  at: (t, seconds) => {
    const rise = easeBoth(span(t, 0.34, 0.66));
    const level = 430;
    const bob = wave(seconds, 0.5) * 7;
    const whaleY = mix(1010, 506, rise) + bob;
    const boatY = level - 6 + bob - Math.max(0, easeBoth(span(t, 0.52, 0.66))) * 58;
    const spout = span(t, 0.68, 0.98);
    const fisher = place(
      255,
      boatY,
      path('M-96 -6H96Q80 40 44 42H-44Q-80 40 -96 -6Z', '#3c6e71') +
        rect(-100, -14, 200, 12, '#f7f0e2', 5) +
        path('M-34 -12Q-36 -72 0 -74Q36 -72 34 -12Z', '#ffb224') +
        circle(0, -96, 32, '#f3c9a0') +
        path('M-46 -108Q-30 -146 0 -144Q30 -146 46 -108Z', '#e2574c') +
        place(2, -92, face(40, t > 0.6 ? 1.4 : blink(seconds), t > 0.72 ? 1 : t > 0.55 ? -0.4 : -0.1)) +
        line(24, -50, 112, -110, '#5a3a2a', 6),
      { turn: wave(seconds, 0.5, 1) * 3 + rise * wave(seconds, 1) * 2 },
    );
    const hook = 1 - span(t, 0.5, 0.56);
    const rod =
      line(366, boatY - 110, 368, mix(boatY - 90, 640, hook), '#fff', 2.5) +
      (hook > 0.1 ? stroke(d`M368 ${mix(boatY - 90, 640, hook)}q0 16 -12 12`, '#fff', 3) : '');
    const shade = fade(ellipse(260, 700, 240, 80, '#1c4a63'), span(t, 0.1, 0.34) * 0.6 * (1 - rise));
    const body = place(
      255,
      whaleY,
      path(
        'M-270 30Q-262 -96 -60 -104Q130 -104 216 -6Q250 -60 330 -70Q312 -20 262 22Q300 40 316 80Q260 80 214 50Q140 150 -80 146Q-262 132 -270 30Z',
        '#3f6f93',
      ) +
        path('M-266 52Q-150 104 60 100Q-20 146 -90 146Q-250 132 -266 52Z', '#e4edf0') +
        each(5, (i) => stroke(d`M${-230 + i * 34} ${76 + i * 5}q40 26 60 ${40 - i * 4}`, '#b9cdd6', 4)) +
        circle(-176, 18, 15, '#fff') +
        circle(-178, 18 - hump(t, 0.6, 0.8) * 4, 9, '#15263a') +
        (seconds % 2.4 < 0.14 ? rect(-194, 2, 36, 32, '#3f6f93') : '') +
        stroke('M-258 58Q-210 84 -160 66', '#234a66', 7) +
        path('M-40 100Q-30 170 40 186Q40 130 20 96Z', '#356080'),
    );
    const water =
      spout > 0
        ? each(3, (k) =>
            stroke(
              d`M255 ${boatY + 30}Q${255 + (k - 1) * 40} ${boatY - 220} ${255 + (k - 1) * 150} ${boatY - 130 + (k === 1 ? -150 : 0)}`,
              '#d9f1f7',
              17,
              `opacity="${(0.75 * hump(t, 0.68, 0.96)).toFixed(2)}" stroke-dasharray="${(spout * 500).toFixed(0)} 900"`,
            ),
          ) +
          each(10, (i) => {
            const life = (seconds * 1.1 + i / 10) % 1;
            return circle(
              255 + (i - 4.5) * 44 * life,
              boatY - 250 + life * life * 330 - Math.sin(life * 3) * 60,
              8 * (1 - life * 0.4),
              '#d9f1f7',
              `opacity="${hump(t, 0.7, 0.99).toFixed(2)}"`,
            );
          })
        : '';
    return (
      swell(level, 6, 50, seconds * 1.5, '#5fb0b8') +
      water +
      fisher +
      swell(level + 16, 6, 56, -seconds * 1.4, '#3a8a9c', 'opacity=".93"') +
      shade +
      body +
      rod +
      swell(level + 150, 8, 70, seconds, '#1f5f7a', 'opacity=".45"') +
      each(2, (i) => place(90 + i * 60 + t * 60, 120 + i * 30, bird(14, wave(seconds, 1.6, i), '#9c4f4f'))) +
      dusk('#0b2a3c', 600, 0.85)
    );
  },
});

/** A bottle, three days, one crab with a reply. */
export const bottlePost: Story = () => ({
  still: '',
  at: (t, seconds) => {
    const days = span(t, 0, 0.6) * 2.5;
    const hour = days % 1;
    const light = t > 0.6 ? 1 : 0.5 + 0.5 * Math.cos(hour * Math.PI * 2);
    const top = blend('#1a1b4b', '#7fd1e8', light);
    const low = blend('#4a3a78', '#fdeccb', light);
    const island = glide(t, 0.5, 0.66);
    const x = mix(120, 236, easeOut(span(t, 0, 0.66)));
    const sea = 452;
    const y = sea + wave(seconds, 0.55) * 14 - 8;
    const land = t > 0.66;
    const opened = glide(t, 0.76, 0.84);
    const reply = t > 0.86;
    const orb = (shift: number, fill: string, r: number) => {
      const a = hour * Math.PI * 2 + shift;
      return circle(255 + Math.sin(a) * 250, 420 - Math.cos(a) * 300, r, fill);
    };
    const bottle = place(
      x,
      land ? 470 : y,
      rect(-70, -24, 104, 48, '#a8e0cf', 22, 'opacity=".88"') +
        rect(28, -12, 44, 24, '#a8e0cf', 6, 'opacity=".88"') +
        (opened < 0.5 ? rect(66, -12, 18, 24, '#b9854f', 4) : '') +
        (opened < 0.4
          ? rect(-46, -14, 60, 28, '#fdf3dc', 8) +
            line(-36, -4, 4, -4, '#c9b48a', 3) +
            line(-36, 6, -6, 6, '#c9b48a', 3)
          : '') +
        rect(-58, -18, 70, 8, '#fff', 4, 'opacity=".6"'),
      { turn: land ? -14 : wave(seconds, 0.55, 1.2) * 16 - 16 },
    );
    const isleX = mix(720, 330, island);
    const palm = place(
      isleX + 60,
      474,
      stroke('M0 0Q-16 -120 24 -210', '#8a5a35', 18) +
        each(6, (i) =>
          place(24, -212, path('M0 0Q60 -46 120 6Q60 -8 0 12Z', i % 2 ? '#3f9a60' : '#57b374'), {
            turn: -200 + i * 44 + wave(seconds, 0.4, i) * 5,
          }),
        ) +
        circle(16, -196, 12, '#7a4a2a') +
        circle(38, -194, 12, '#7a4a2a'),
    );
    const isle =
      ellipse(isleX, 520, 220, 60, '#f2d398') + ellipse(isleX + 20, 508, 170, 36, '#f9e2b0') + palm;
    const crabX = mix(430, 318, glide(t, 0.68, 0.76)) + (t > 0.68 && t < 0.76 ? wave(seconds, 6) * 4 : 0);
    const crab =
      t > 0.64
        ? place(
            crabX,
            482,
            each(
              3,
              (i) =>
                line(-30, 6 + i * 5, -58, 16 + i * 10, '#d9442f', 6) +
                line(30, 6 + i * 5, 58, 16 + i * 10, '#d9442f', 6),
            ) +
              ellipse(0, 0, 48, 32, '#f2604a') +
              line(-14, -26, -16, -48, '#f2604a', 6) +
              line(14, -26, 16, -48, '#f2604a', 6) +
              circle(-16, -52, 11, '#fff') +
              circle(16, -52, 11, '#fff') +
              circle(-18, -52, 5, '#2b1a14') +
              circle(14, -52, 5, '#2b1a14') +
              place(0, -6, stroke('M-14 4q14 14 28 0', '#2b1a14', 4)) +
              place(-62, -30 - opened * 26, circle(0, 0, 18, '#f2604a') + path('M0 0L-22 -14L-6 -20Z', low)) +
              place(62, -24, circle(0, 0, 18, '#f2604a') + path('M0 0L22 -14L6 -20Z', low)),
            { scale: 0.95 * pop(t, 0.64, 0.7) },
          )
        : '';
    const note =
      opened > 0
        ? place(
            mix(x, 255, opened),
            mix(460, 262, opened),
            rect(-92, -74, 184, 148, '#fdf3dc', 8) +
              (reply
                ? ''
                : each(4, (i) => line(-66, -40 + i * 24, i === 3 ? 6 : 66, -40 + i * 24, '#cbb68c', 5))) +
              (reply ? place(0, 4, heart(44, '#ff5247'), { scale: pop(t, 0.86, 0.93) }) : ''),
            { scale: opened, turn: (1 - opened) * -60 + wave(seconds, 0.3) * 3 },
          )
        : '';
    return (
      sky(top, low, low) +
      (t < 0.62 ? orb(0, '#fff2b8', 46) + orb(Math.PI, '#ece9ff', 34) : circle(120, 150, 48, '#fff2b8')) +
      swell(sea - 12, 9, 54, seconds * 1.2, blend('#23386b', '#58b8c4', light)) +
      (island > 0 ? isle : '') +
      (land ? '' : bottle) +
      swell(sea + 22 + island * 60, 10, 62, -seconds * 1.4, blend('#1a2a58', '#3f9fb3', light)) +
      (land ? bottle : '') +
      swell(sea + 84 + island * 20, 11, 70, seconds * 1.1, blend('#132048', '#2c839c', light)) +
      crab +
      note +
      burst(255, 262, span(t, 0.87, 0.98), '#fff', 12, 160) +
      dusk('#07182b', 600, 0.85)
    );
  },
});

/** Down and down, where it is dark; the terrible lantern belongs to somebody who reads. */
export const deepDown: Story = ({ random }) => {
  const fish = Array.from({ length: 16 }, () => ({
    y: random.between(300, 2300),
    speed: random.between(30, 90),
    size: random.between(0.5, 1.1),
    tint: random.pick(['#ffb224', '#ff7f6b', '#ffd9e0', '#7de0c3']),
    phase: random.between(0, 640),
  }));
  const bubbles = Array.from({ length: 18 }, () => ({
    x: random.between(20, 500),
    phase: random(),
    r: random.between(3, 9),
  }));
  return {
    still: '',
    at: (t, seconds) => {
      const deep = glide(t, 0.06, 0.6);
      const camera = deep * 2300;
      const lamp = span(t, 0.56, 0.64);
      const reveal = glide(t, 0.72, 0.84);
      const top = along(['#6fd6e0', '#2a94b8', '#134a78', '#06122e', '#03081a'], deep);
      const low = along(['#3fb4cf', '#1b6a98', '#0b2c57', '#040c22', '#02050f'], deep);
      const school = fish
        .map((f) => {
          const y = f.y - camera;
          if (y < -60 || y > 760) return '';
          const x = ((f.phase + seconds * f.speed) % 640) - 50;
          return place(
            x,
            y + wave(seconds, 0.8, f.phase) * 8,
            path('M-34 0Q-6 -26 30 0Q-6 26 -34 0Z', f.tint) +
              path('M-30 0L-52 -16V16Z', f.tint) +
              circle(14, -4, 4, '#12203a'),
            { scale: f.size, fade: 1 - deep * 0.5 },
          );
        })
        .join('');
      const surface = 330 - camera;
      const sub = place(
        255,
        mix(190, 250, deep) + wave(seconds, 0.5) * 8,
        rect(-92, -44, 184, 88, '#ffb224', 44) +
          rect(-24, -74, 54, 40, '#ffb224', 12) +
          stroke('M4 -74V-104H30', '#c97f10', 9) +
          circle(-38, 0, 25, '#d9f6ff') +
          place(
            -38,
            2,
            face(36, t > 0.58 && t < 0.74 ? 1.5 : blink(seconds), t > 0.58 && t < 0.8 ? -0.9 : 0.9),
          ) +
          circle(34, 0, 17, '#d9f6ff') +
          place(
            104,
            0,
            rect(-4, -28 * Math.abs(wave(seconds, 4)), 9, 56 * Math.abs(wave(seconds, 4)) + 2, '#c97f10', 3),
          ),
        {
          turn: wave(seconds, 0.4) * 3,
          scale: 0.82 * (t > 0.58 && t < 0.72 ? 1 + 0.02 * wave(seconds, 12) : 1),
        },
      );
      const lx = mix(360, 330, lamp);
      const ly = 400 + wave(seconds, 0.6) * 6;
      const angler =
        lamp > 0
          ? glow('bulb', lx, ly, 120 + reveal * 260, '#ffe9a8', 0.55 + 0.3 * reveal) +
            fade(
              place(
                250,
                540,
                path(
                  'M-190 0Q-180 -110 -20 -116Q130 -112 176 -30L226 -72Q236 0 222 60L176 30Q130 108 -30 104Q-180 96 -190 0Z',
                  '#6b4a86',
                ) +
                  stroke('M-40 -112Q-10 -190 74 -140', '#6b4a86', 10) +
                  circle(-96, -28, 30, '#fff') +
                  circle(-90, -18, 14, '#1d1230') +
                  circle(-20, -28, 30, '#fff') +
                  circle(-24, -18, 14, '#1d1230') +
                  stroke('M-126 -28H-66M-50 -28H10M-66 -28H-50', '#ffb224', 5) +
                  circle(-96, -28, 32, 'none', 'stroke="#ffb224" stroke-width="6"') +
                  circle(-20, -28, 32, 'none', 'stroke="#ffb224" stroke-width="6"') +
                  path(
                    'M-130 34Q-60 66 10 34L0 52L-16 46L-26 60L-44 52L-60 64L-76 53L-94 60L-106 48L-120 50Z',
                    '#fff',
                  ) +
                  place(
                    -58,
                    78,
                    path('M-74 -26Q-36 -40 0 -22Q36 -40 74 -26V34Q36 20 0 38Q-36 20 -74 34Z', '#f7f0e2') +
                      line(0, -22, 0, 38, '#c9b48a', 4) +
                      each(
                        4,
                        (i) =>
                          line(-60, -12 + i * 10, -16, -8 + i * 10, '#c9b48a', 3) +
                          line(16, -8 + i * 10, 60, -12 + i * 10, '#c9b48a', 3),
                      ),
                  ),
              ),
              reveal,
            ) +
            circle(lx, ly, 19 + 2 * wave(seconds, 2), '#fff3c4') +
            fade(circle(210, 512, 6, '#fff') + circle(140, 512, 6, '#fff'), lamp * (1 - reveal))
          : '';
      return (
        sky(top, low) +
        (surface > -60
          ? rect(0, 0, 540, Math.max(0, surface - 160), '#fde8c0') +
            swell(Math.max(-40, surface - 160), 8, 48, seconds * 2, top)
          : '') +
        school +
        each(18, (i) => {
          const b = bubbles[i]!;
          const y = 700 - ((b.phase + seconds * 0.35) % 1) * 760;
          return circle(
            b.x + wave(seconds, 0.6, i) * 6,
            y,
            b.r,
            'none',
            'stroke="#fff" stroke-width="2.5" opacity=".3"',
          );
        }) +
        angler +
        sub +
        (t > 0.88 ? place(255, 150, heart(20, '#ff8fa3'), { scale: pop(t, 0.88, 0.94) }) : '') +
        dusk('#01040c', 620, 0.7)
      );
    },
  };
};
