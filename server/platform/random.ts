import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

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
  // 16 bytes: the usual truncation of HMAC-SHA-256 (RFC 2104 section 5 asks for at least half of it).
  const mac = (purpose: string, text: string) =>
    createHmac('sha256', secret).update(purpose).update('\0').update(text).digest().subarray(0, 16);
  return {
    sign: (purpose, text) => mac(purpose, text).toString('base64url'),
    verify(purpose, text, signature) {
      const given = Buffer.from(signature, 'base64url');
      return given.length === 16 && timingSafeEqual(given, mac(purpose, text));
    },
  };
}
