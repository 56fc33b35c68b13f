import type { Executor } from '../../platform/database.ts';
import type { Making } from './making.ts';
import type { MadeUpload } from './media.ts';
import { orderRead } from './read-upload.jobs.ts';

/** A file that this server made itself goes the way of every upload from its last byte on. */
export async function enterMade(
  { uploads, outbox, jobs, now }: Making,
  trx: Executor,
  made: MadeUpload,
): Promise<void> {
  if (!(await uploads.enter(trx, made, now()))) return;
  await outbox.emit(trx, 'upload.completed', { uploadId: made.id });
  await orderRead(jobs, trx, made.id);
}
