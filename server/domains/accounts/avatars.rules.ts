import sharp from 'sharp';
import { Refusal } from '../../../contract/errors.ts';

/** A picture of 256 px from what somebody sent: no animation, no metadata, whatever the input claims to be. */
const sidePx = 256;
/** 50 million: the largest phone cameras; four bytes each at the worst. */
const mostPixels = 50_000_000;

/** Throws picture_invalid. */
export async function makeAvatar(bytes: Uint8Array): Promise<Uint8Array> {
  // By its first bytes, before any decoder is asked: of all libvips can read, only these four are wanted.
  if (!isWanted(bytes)) throw new Refusal('picture_invalid');
  try {
    return await sharp(bytes, {
      limitInputPixels: mostPixels,
      pages: 1,
      failOn: 'error',
      sequentialRead: true,
    })
      .timeout({ seconds: 20 })
      .autoOrient()
      .resize(sidePx, sidePx, { fit: 'cover', position: 'attention' })
      .flatten({ background: '#0A0A0C' })
      .webp({ quality: 82 })
      .toBuffer();
  } catch (error) {
    // Whatever a decoder says about a stranger's bytes means the same to them; there is no other input it could fail on.
    throw new Refusal('picture_invalid', { reason: String(error).slice(0, 100) });
  }
}

function isWanted(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG\r\n\x1a\n') ||
    (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') ||
    (head.slice(4, 8) === 'ftyp' && /^(avif|avis|mif1)/.test(head.slice(8)))
  );
}
