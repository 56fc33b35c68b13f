import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { z } from 'zod';

/**
 * What a backup says of itself. Three files vouch for all others: SHA256SUMS for tables, files and home (as
 * `sha256sum -c` reads it), manifest.json for SHA256SUMS, manifest.sha256 for the manifest.
 * Somebody may have made a backup to harm us, so every name in it has a shape.
 */
export const formatVersion = 1;
/** Schemas whose tables are ours: the rooms' and the waiting jobs'. */
export const schemas = ['public', 'graphile_worker'] as const;

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const relation = { schema: z.enum(schemas), name };
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().nonnegative();

const manifestShape = z.strictObject({
  format: z.literal(formatVersion),
  version: z.string(),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.strictObject({ name: z.string().regex(/^[\w.-]+\.sql$/), hash: sha256 })).min(1),
  /** Migrations of graphile-worker's own schema. */
  jobMigrations: z.array(whole),
  tables: z.array(z.strictObject({ ...relation, columns: z.array(name), rows: whole })),
  /** Tables made while the instance ran; a partition may itself be divided, by `key`. Parents stand before children. */
  partitions: z.array(
    z.strictObject({
      ...relation,
      parent: z.strictObject(relation),
      bound: z.string().regex(/^(DEFAULT|FOR VALUES [^;]+)$/),
      key: z
        .string()
        .regex(/^[^;]+$/)
        .nullable(),
    }),
  ),
  /** As text: a sequence goes beyond what a number holds. */
  sequences: z.array(
    z.strictObject({ ...relation, value: z.string().regex(/^-?\d+$/), called: z.boolean() }),
  ),
  files: z.strictObject({ count: whole, bytes: whole }),
  sums: sha256,
});
export type Manifest = z.infer<typeof manifestShape>;
export type Relation = Pick<Manifest['tables'][number], 'schema' | 'name'>;

/** A fault an operator can act on: its message is shown without a stack. */
export class BackupFault extends Error {
  override name = 'BackupFault';
}

export const tablePath = (table: Relation) => `tables/${table.schema}.${table.name}.copy.gz`;
/** Files of the home that belong to the instance's identity and lie in neither the database nor the storage. */
export const homeFiles = ['secret', 'operator-claim'] as const;

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifestShape.parse(manifest), null, 2)}\n`;
  await writeFile(join(folder, 'manifest.json'), text, { mode: 0o600, flush: true });
  const line = `${hashOf(text)}  manifest.json\n`;
  await writeFile(join(folder, 'manifest.sha256'), line, { mode: 0o600, flush: true });
}

export async function readManifest(folder: string): Promise<Manifest> {
  const read = (file: string) =>
    readFile(join(folder, file), 'utf8').catch((cause) => {
      throw new BackupFault(`${folder} is not a whole backup: ${file} cannot be read`, { cause });
    });
  const text = await read('manifest.json');
  if ((await read('manifest.sha256')).slice(0, 64) !== hashOf(text))
    throw new BackupFault('manifest.json is not as it was written');
  const value = JSON.parse(text) as { format?: unknown };
  if (value.format !== formatVersion)
    throw new BackupFault(`the backup has format ${value.format}; this program reads ${formatVersion}`);
  const parsed = manifestShape.safeParse(value);
  if (!parsed.success)
    throw new BackupFault(`manifest.json cannot be understood: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** A stream that lets bytes pass and knows, once they have, their number and hash. */
export function createMeter() {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ sha256: hash.digest('hex'), bytes }) };
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
