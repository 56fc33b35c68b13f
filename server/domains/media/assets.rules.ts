import type { Media } from '../../../contract/videos.ts';
import type { AssetRow, FileRow } from './media.tables.ts';

export type ShownFile = Pick<FileRow, 'name' | 'kind' | 'bytes' | 'rendition'>;

/** Pure: an asset and its files as a player wants them, smallest first, H.264 before AV1. */
export function presentMedia(asset: AssetRow, files: readonly ShownFile[]): Media {
  const at = (name: string) => `/media/${asset.address}/${name}`;
  const named = (kind: FileRow['kind']) => files.find((file) => file.kind === kind)?.name;
  const poster = named('poster') ?? named('preview') ?? '';
  const master = asset.improved_at ? files.find((file) => file.name === 'master.m3u8')?.name : undefined;
  return {
    durationMs: asset.duration_ms,
    width: asset.width,
    height: asset.height,
    hasSound: asset.has_sound,
    posterUrl: at(poster),
    previewUrl: at(named('preview') ?? poster),
    thumbhash: asset.thumbhash,
    renditions: files
      .flatMap(({ name, bytes, rendition }) =>
        rendition
          ? {
              rung: Number(rendition.rung),
              codec: rendition.codec,
              width: rendition.width,
              height: rendition.height,
              bytes,
              url: at(name),
            }
          : [],
      )
      .sort((a, b) => a.rung - b.rung || b.codec.localeCompare(a.codec)),
    hlsUrl: master ? at(master) : null,
  };
}
