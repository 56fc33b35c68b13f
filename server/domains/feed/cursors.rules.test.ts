import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSigner } from '../../platform/random.ts';
import { readCursor, writeCursor } from './cursors.rules.ts';

const signer = createSigner('a secret of this test');

test('a cursor tells its place, and a changed one tells nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9]{20}$/), fc.nat(99_999), (sessionId, page) => {
      const cursor = writeCursor(signer, { sessionId, page });
      expect(readCursor(signer, cursor)).toEqual({ sessionId, page });
      expect(readCursor(signer, cursor.replace(`.${page}.`, `.${page + 1}.`))).toBeNull();
      expect(cursor.length).toBeLessThanOrEqual(400);
    }),
  );
});

test('any other text is no cursor', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readCursor(signer, text)).toBeNull();
    }),
  );
});
