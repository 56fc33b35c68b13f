import type { Video } from '../../../contract/videos.ts';
import { escapeHtml, titleOf } from './html.rules.ts';

/** The player for other people's pages: the browser's own controls, no script, a link back. */
export function embedPage(video: Video, site: string, origin: string): string {
  const media = video.media!;
  const sources = media.renditions
    .filter((one) => one.codec === 'h264')
    .sort((a, b) => a.rung - b.rung)
    .slice(0, 1)
    .map((one) => `<source src="${escapeHtml(one.url)}" type="video/mp4">`)
    .join('');
  const tracks = video.captionLanguages
    .map((language, at) => {
      const src = `/api/videos/${video.id}/captions.vtt?language=${encodeURIComponent(language)}`;
      return `<track kind="captions" src="${escapeHtml(src)}" srclang="${escapeHtml(language)}" label="${escapeHtml(nameOf(language))}"${at === 0 ? ' default' : ''}>`;
    })
    .join('');
  const title = escapeHtml(titleOf(video, site));
  return `<!doctype html><html lang="${escapeHtml(video.language ?? 'en')}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="canonical" href="${escapeHtml(origin + video.url)}">
<style>html,body{margin:0;height:100%;background:#0a0a0c;color:#f7f5f2;font:14px/1.4 system-ui,sans-serif}
main{display:flex;flex-direction:column;height:100%}video{flex:1;min-height:0;width:100%;object-fit:contain;background:#000}
a{color:inherit;text-decoration:none;padding:10px 12px;min-height:24px;display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
a:focus-visible{outline:2px solid #ffb224;outline-offset:-2px}b{color:#ffb224}</style></head>
<body><main><video controls playsinline loop preload="metadata" poster="${escapeHtml(media.posterUrl)}" aria-label="${title}">${sources}${tracks}</video>
<a href="${escapeHtml(origin + video.url)}" target="_blank" rel="noopener" dir="auto"><b>${escapeHtml(site)}</b> @${escapeHtml(video.author.handle)} ${escapeHtml(video.caption)}</a>${credited(video, origin)}</main></body></html>`;
}

/** With whose video it was made, also where it is shown by others. An arrow, since nobody's language is known there. */
function credited({ credit }: Video, origin: string): string {
  if (!credit?.video) return '';
  const { url, handle } = credit.video;
  return `\n<a href="${escapeHtml(origin + url)}" target="_blank" rel="noopener">← @${escapeHtml(handle)}</a>`;
}

/** In its own words: who reads it knows them. */
function nameOf(language: string): string {
  const names = new Intl.DisplayNames([language, 'en'], { type: 'language', fallback: 'none' });
  return (language !== 'und' && names.of(language)) || 'CC';
}

/** oEmbed 1.0, type video. Sizes in pixels, inside what the asker allows. */
export function oembed(video: Video, site: string, origin: string, max: { width: number; height: number }) {
  const media = video.media!;
  const scale = Math.min(max.width / media.width, max.height / media.height, 640 / media.height, 1);
  const [width, height] = [Math.round(media.width * scale), Math.round(media.height * scale)];
  const src = `${origin}/embed/${video.id}`;
  return {
    version: '1.0',
    type: 'video',
    provider_name: site,
    provider_url: origin,
    title: titleOf(video, site),
    author_name: video.author.displayName,
    author_url: `${origin}/@${encodeURIComponent(video.author.handle)}`,
    thumbnail_url: origin + media.previewUrl,
    thumbnail_width: media.width,
    thumbnail_height: media.height,
    width,
    height,
    html: `<iframe src="${escapeHtml(src)}" width="${width}" height="${height}" title="${escapeHtml(titleOf(video, site))}" frameborder="0" allow="autoplay; fullscreen" allowfullscreen></iframe>`,
  };
}
