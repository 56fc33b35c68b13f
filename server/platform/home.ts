import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder in which one instance keeps everything that is its own (KINORA_HOME). */
export type Home = { folder: string; storage: string; mail: string; scratch: string; secret: Buffer };

/** Makes the folder when it is not there; the secret is made once, written whole, and readable by its owner only. */
export async function openHome(folder: string): Promise<Home> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(folder, name);
  for (const name of ['storage', 'mail', 'scratch']) await mkdir(at(name), { recursive: true, mode: 0o700 });
  return {
    folder,
    storage: at('storage'),
    mail: at('mail'),
    scratch: at('scratch'),
    secret: await readOrMakeSecret(at('secret')),
  };
}

async function readOrMakeSecret(path: string): Promise<Buffer> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text && text.trim().length === 64) return Buffer.from(text.trim(), 'hex');
    if (text !== null && text.trim() !== '')
      throw new Error(`${path} does not hold a secret of 32 bytes; restore it from a backup`);
    // An empty file is what a kill between creation and writing leaves: nothing was signed with it yet.
    const file = await open(path, text === null ? 'wx' : 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null;
      throw error;
    });
    if (!file) continue;
    const secret = randomBytes(32);
    await file.writeFile(secret.toString('hex'));
    await file.sync();
    await file.close();
    return secret;
  }
  return readOrMakeSecret(path);
}
