import type { Sticker } from './sticker.ts';

/**
 * Stickers that came as drawings (SVG) rather than with this program. A drawing is made ready once, so that frames can be
 * drawn without waiting; it depends on nothing but itself, and so does what is drawn.
 */
const learned = new Map<string, Sticker>();

export const pictureSticker = (key: string): Sticker | null => learned.get(key) ?? null;

/** False when the drawing cannot be read. */
export async function learnSticker(key: string, svg: string): Promise<boolean> {
  if (learned.has(key)) return true;
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch {
    return false;
  }
  const [wide, high] = [image.naturalWidth || 1, image.naturalHeight || 1];
  const scale = 120 / Math.max(wide, high);
  const [width, height] = [wide * scale, high * scale];
  learned.set(key, {
    name: key,
    moves: false,
    // Its whole picture fills the box and what a drawing may reach out of it.
    draw: (pen) => pen.drawImage(image, 50 - width / 2, 50 - height / 2, width, height),
  });
  return true;
}
