import type { Video } from '../../../contract/videos.ts';

/** Text into HTML, also inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** JSON inside a script element: nothing in it may close the element or begin a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const meta = (attribute: 'property' | 'name', name: string, content: string | number) =>
  `<meta ${attribute}="${name}" content="${escapeHtml(String(content))}">`;

/** A caption as one line for a title or preview; cut at a whole character. */
export function oneLine(caption: string, letters: number): string {
  const line = [...caption.replace(/\s+/g, ' ').trim()];
  return line.length <= letters ? line.join('') : `${line.slice(0, letters - 1).join('')}…`;
}

export function titleOf(video: Video, site: string): string {
  const caption = oneLine(video.caption, 70);
  return `${caption ? `${caption} · ` : ''}@${video.author.handle} · ${site}`;
}

/**
 * What other places read to unfold a link: OpenGraph, a Twitter card, the oEmbed address, JSON-LD (schema.org
 * VideoObject). Only for videos that everybody may see. `origin` makes addresses absolute.
 */
export function videoHead(video: Video, site: string, origin: string): string {
  const url = `${origin}${video.url}`;
  const media = video.media;
  const title = titleOf(video, site);
  const description = oneLine(video.caption, 200);
  const file = media?.renditions.find((one) => one.codec === 'h264');
  const tags = [
    `<title>${escapeHtml(title)}</title>`,
    `<link rel="canonical" href="${escapeHtml(url)}">`,
    meta('name', 'description', description),
    meta('property', 'og:site_name', site),
    meta('property', 'og:type', 'video.other'),
    meta('property', 'og:title', title),
    meta('property', 'og:description', description),
    meta('property', 'og:url', url),
    `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(`${origin}/api/oembed?url=${encodeURIComponent(url)}`)}" title="${escapeHtml(title)}">`,
  ];
  if (media) {
    tags.push(
      meta('property', 'og:image', origin + media.previewUrl),
      meta('property', 'og:image:width', media.width),
      meta('property', 'og:image:height', media.height),
      meta('name', 'twitter:card', 'player'),
      meta('name', 'twitter:title', title),
      meta('name', 'twitter:image', origin + media.previewUrl),
      meta('name', 'twitter:player', `${origin}/embed/${video.id}`),
      meta('name', 'twitter:player:width', 360),
      meta('name', 'twitter:player:height', 640),
    );
  }
  if (file) {
    tags.push(
      meta('property', 'og:video', origin + file.url),
      meta('property', 'og:video:type', 'video/mp4'),
      meta('property', 'og:video:width', file.width),
      meta('property', 'og:video:height', file.height),
    );
  }
  tags.push(
    `<script type="application/ld+json">${scriptJson(jsonLd(video, origin, title, description))}</script>`,
  );
  return tags.join('\n    ');
}

function jsonLd(video: Video, origin: string, title: string, description: string) {
  return {
    '@context': 'https://schema.org',
    '@type': 'VideoObject',
    name: title,
    description,
    url: origin + video.url,
    embedUrl: `${origin}/embed/${video.id}`,
    uploadDate: video.publishedAt,
    ...(video.media && {
      duration: `PT${(video.media.durationMs / 1000).toFixed(3)}S`,
      thumbnailUrl: [origin + video.media.previewUrl],
      contentUrl: origin + (video.media.renditions[0]?.url ?? ''),
    }),
    ...(video.language && { inLanguage: video.language }),
    ...(video.credit?.video && { isBasedOn: origin + video.credit.video.url }),
    author: {
      '@type': 'Person',
      name: video.author.displayName,
      url: `${origin}/@${encodeURIComponent(video.author.handle)}`,
    },
    interactionStatistic: [
      {
        '@type': 'InteractionCounter',
        interactionType: 'https://schema.org/WatchAction',
        userInteractionCount: video.counts.views,
      },
      {
        '@type': 'InteractionCounter',
        interactionType: 'https://schema.org/LikeAction',
        userInteractionCount: video.counts.likes,
      },
    ],
  };
}

/** The first picture and the first video, before any script: the browser begins them while it reads the page. */
export function firstScreen(video: Video): { head: string; body: string } | null {
  const media = video.media;
  const file = media?.renditions.filter((one) => one.codec === 'h264').sort((a, b) => a.rung - b.rung)[0];
  if (!media || !file) return null;
  const poster = escapeHtml(media.posterUrl);
  // Portrait fills the stage; anything wider stands whole in it.
  const fit = media.width / media.height > 0.66 ? ' data-fit="contain"' : '';
  return {
    head: `<link rel="preload" as="image" href="${poster}" fetchpriority="high">`,
    body:
      `<div id="first-screen" style="--aspect:${(media.width / media.height).toFixed(4)}"${fit}><img id="first-poster" src="${poster}" alt="" width="${media.width}" height="${media.height}">` +
      `<video id="first-video" muted playsinline autoplay loop preload="auto" poster="${poster}" src="${escapeHtml(file.url)}"></video></div>`,
  };
}
