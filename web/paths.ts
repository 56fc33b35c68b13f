/**
 * Every address of the web app, both ways: `paths.*` writes one, `placeAt` reads one.
 * Nothing else in the web writes a path by hand. It knows no component and no history.
 */
export const paths = {
  forYou: () => '/',
  following: () => '/following',
  discover: () => '/discover',
  person: (handle: string) => `/@${encodeURIComponent(handle)}`,
  video: (handle: string, id: string) => `/@${encodeURIComponent(handle)}/video/${encodeURIComponent(id)}`,
  tag: (tag: string) => `/tag/${encodeURIComponent(tag)}`,
  sounds: () => '/sounds',
  sound: (id: string) => `/sound/${encodeURIComponent(id)}`,
  upload: () => '/upload',
  /** `made`: to make something with a video. */
  studio: (made?: { with: 'duet' | 'stitch' | 'frame' | 'template'; video: string }) =>
    made ? `/studio?${new URLSearchParams(made)}` : '/studio',
  /** With a draft of this device open. */
  studioDraft: (id: string) => `/studio?${new URLSearchParams({ draft: id })}`,
  /** To make a video with a sound. */
  studioWithSound: (id: string) => `/studio?${new URLSearchParams({ sound: id })}`,
  credits: (id: string) => `/credits/${encodeURIComponent(id)}`,
  settings: () => '/settings',
  yourFeed: () => '/settings/feed',
  /** `back` is where to return to afterwards; only a path of this site is kept. */
  signIn: (back?: string) => withBack('/sign-in', back),
  signUp: (back?: string) => withBack('/sign-up', back),
  resetPassword: () => '/reset-password',
  verifyEmail: () => '/verify-email',
  claim: (token: string) => `/claim/${encodeURIComponent(token)}`,
  desk: () => '/desk',
  deskHealth: () => '/desk/feed-health',
  deskExperiments: () => '/desk/experiments',
  deskExperiment: (key: string) => `/desk/experiments/${encodeURIComponent(key)}`,
  deskLook: () => '/desk/look',
  deskPacks: () => '/desk/packs',
  deskComments: () => '/desk/comments',
  myVideos: () => '/me/videos',
  playlist: (id: string) => `/playlist/${encodeURIComponent(id)}`,
  /** A video as one of a playlist: what comes before and after it is the playlist's. */
  inPlaylist: (videoUrl: string, id: string) => `${videoUrl}?list=${encodeURIComponent(id)}`,
  insights: () => '/studio/insights',
  videoInsights: (id: string) => `/studio/insights/${encodeURIComponent(id)}`,
} as const;

export type Place =
  | { name: 'forYou' | 'following' | 'upload' | 'settings' | 'signIn' | 'signUp' | 'resetPassword' }
  | { name: 'studio' | 'yourFeed' | 'verifyEmail' | 'desk' | 'myVideos' | 'notFound' }
  | { name: 'insights' | 'sounds' | 'discover' }
  | { name: 'playlist'; id: string }
  | { name: 'videoInsights'; id: string }
  | { name: 'deskHealth' | 'deskExperiments' | 'deskLook' | 'deskPacks' | 'deskComments' }
  | { name: 'deskExperiment'; key: string }
  | { name: 'person'; handle: string }
  | { name: 'video'; handle: string; id: string }
  | { name: 'tag'; tag: string }
  | { name: 'sound'; id: string }
  | { name: 'credits'; id: string }
  | { name: 'claim'; token: string };

const fixed: Record<string, Place> = {
  '/': { name: 'forYou' },
  '/following': { name: 'following' },
  '/discover': { name: 'discover' },
  '/sounds': { name: 'sounds' },
  '/upload': { name: 'upload' },
  '/studio': { name: 'studio' },
  '/settings': { name: 'settings' },
  '/settings/feed': { name: 'yourFeed' },
  '/sign-in': { name: 'signIn' },
  '/sign-up': { name: 'signUp' },
  '/reset-password': { name: 'resetPassword' },
  '/verify-email': { name: 'verifyEmail' },
  '/desk': { name: 'desk' },
  '/desk/feed-health': { name: 'deskHealth' },
  '/desk/experiments': { name: 'deskExperiments' },
  '/desk/look': { name: 'deskLook' },
  '/desk/packs': { name: 'deskPacks' },
  '/desk/comments': { name: 'deskComments' },
  '/me/videos': { name: 'myVideos' },
  '/studio/insights': { name: 'insights' },
};

/** Reads `location.pathname` (percent-encoded as the browser keeps it). */
export function placeAt(pathname: string): Place {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, '') || '/' : '/';
  const known = fixed[path];
  if (known) return known;
  const parts = decodedParts(path);
  if (!parts) return { name: 'notFound' };
  const [first = '', second, third] = parts;
  if (first.startsWith('@') && first.length > 1) {
    const handle = first.slice(1);
    if (parts.length === 1) return { name: 'person', handle };
    if (parts.length === 3 && second === 'video' && third) return { name: 'video', handle, id: third };
  }
  if (parts.length === 3 && first === 'desk' && second === 'experiments' && third)
    return { name: 'deskExperiment', key: third };
  if (parts.length === 3 && first === 'studio' && second === 'insights' && third)
    return { name: 'videoInsights', id: third };
  if (parts.length === 2 && second) {
    if (first === 'tag') return { name: 'tag', tag: second };
    if (first === 'sound') return { name: 'sound', id: second };
    if (first === 'credits') return { name: 'credits', id: second };
    if (first === 'playlist') return { name: 'playlist', id: second };
    if (first === 'claim') return { name: 'claim', token: second };
  }
  return { name: 'notFound' };
}

/** Where to go after signing in: the `back` of the query, if it is a path of this site, else For You. */
export function backFrom(search: string): string {
  const back = new URLSearchParams(search).get('back');
  return back && isOwnPath(back) ? back : paths.forYou();
}

function withBack(path: string, back?: string): string {
  return back && isOwnPath(back) && back !== '/' ? `${path}?back=${encodeURIComponent(back)}` : path;
}

/** `//elsewhere.example` and `/\elsewhere.example` are other sites to a browser. */
function isOwnPath(path: string): boolean {
  return path.startsWith('/') && !/^\/[/\\]/.test(path) && !/[\t\n\r]/.test(path);
}

function decodedParts(path: string): string[] | null {
  try {
    return path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    // A stray percent sign names nothing of ours.
    return null;
  }
}
