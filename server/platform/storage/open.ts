import type { Config } from '../config.ts';
import type { Home } from '../home.ts';
import { type FolderStorage, openFolderStorage } from './folder.storage.ts';
import { openS3Storage, type S3Storage } from './s3.storage.ts';

/** The storage that the settings name. */
export function openStorage(
  settings: Config['storage'],
  home: Pick<Home, 'storage' | 'scratch'>,
): FolderStorage | S3Storage {
  return settings.kind === 's3' ? openS3Storage(settings, home.scratch) : openFolderStorage(home.storage);
}
