import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** An opaque id: `length` letters of base 58 without look-alikes; 20 letters carry 117 random bits. */
export function newId<Id extends string = string>(length = 20): Id {
  let id = '';
  while (id.length < length) {
    for (const byte of randomBytes(length)) {
      // 232 = 4 × 58: bytes above would favour the first letters.
      if (byte < 232 && id.length < length) id += letters[byte % 58];
    }
  }
  return id as Id;
}

/** Signs short texts with the server's secret, so that what we handed out can be recognised when it comes back. */
export type Signer = {
  sign(purpose: string, text: string): string;
  /** True when `signature` was made by `sign` for the same purpose and text. */
  verify(purpose: string, text: string, signature: string): boolean;
};

export function createSigner(secret: Buffer | string): Signer {
  const [inner, outer] = padsOf(secret);
  // 16 bytes: the usual truncation of HMAC-SHA-256 (RFC 2104 section 5 asks for at least half of it).
  const mac = (purpose: string, text: string) => {
    const message = Buffer.from(`${purpose}\0${text}`);
    const digest = hash('sha256', Buffer.concat([inner, message]), 'buffer');
    return hash('sha256', Buffer.concat([outer, digest]), 'buffer').subarray(0, 16);
  };
  return {
    sign: (purpose, text) => mac(purpose, text).toString('base64url'),
    verify(purpose, text, signature) {
      const given = Buffer.from(signature, 'base64url');
      return given.length === 16 && timingSafeEqual(given, mac(purpose, text));
    },
  };
}

/**
 * HMAC as RFC 2104 writes it, from two one-shot hashes: every video of a page is signed and every signal checked, and
 * `createHmac` takes five times as long for texts this short. A test compares the two.
 */
function padsOf(secret: Buffer | string): [inner: Buffer, outer: Buffer] {
  const key = Buffer.from(secret);
  const block = Buffer.alloc(64);
  (key.length > 64 ? hash('sha256', key, 'buffer') : key).copy(block);
  return [Buffer.from(block.map((byte) => byte ^ 0x36)), Buffer.from(block.map((byte) => byte ^ 0x5c))];
}
