import { useEffect, useRef } from 'react';
import styles from './tool.module.css';

type Grade = (r: number, g: number, b: number) => readonly [number, number, number];

/** A skin, a sky, a leaf and a dark corner: enough to tell looks apart at this size. */
const sample = [
  [0.86, 0.66, 0.55],
  [0.45, 0.66, 0.9],
  [0.35, 0.55, 0.3],
  [0.16, 0.14, 0.18],
] as const;
const pixels = 24;

/** One look as a little picture: four colours, each from its shadow to its light. */
export function Swatch({
  label,
  pressed,
  grade = (r, g, b) => [r, g, b],
  onPress,
}: {
  label: string;
  pressed: boolean;
  grade?: Grade;
  onPress: () => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a look is a constant of its module
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(pixels, pixels);
    for (let y = 0; y < pixels; y++)
      for (let x = 0; x < pixels; x++) {
        const [r, g, b] = sample[(x < pixels / 2 ? 0 : 1) + (y < pixels / 2 ? 0 : 2)]!;
        const light = 0.55 + (0.75 * (x % (pixels / 2))) / (pixels / 2);
        const graded = grade(Math.min(1, r * light), Math.min(1, g * light), Math.min(1, b * light));
        image.data.set(
          [...graded.map((one) => Math.round(Math.min(1, Math.max(0, one)) * 255)), 255],
          (y * pixels + x) * 4,
        );
      }
    context.putImageData(image, 0, 0);
  }, []);
  return (
    <button type="button" className={styles.sample} aria-pressed={pressed} onClick={onPress}>
      <span aria-hidden="true">
        <canvas ref={canvas} width={pixels} height={pixels} />
      </span>
      <span>{label}</span>
    </button>
  );
}
