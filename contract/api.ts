import { accountRoutes } from './accounts.ts';
import { captionRoutes } from './captions.ts';
import { commentRoutes } from './comments.ts';
import { deskRoutes } from './desk.ts';
import { draftRoutes } from './drafts.ts';
import { experimentRoutes } from './experiments.ts';
import { feedRoutes } from './feeds.ts';
import { insightRoutes } from './insights.ts';
import { makingRoutes } from './making.ts';
import { packRoutes } from './packs.ts';
import { playlistRoutes } from './playlists.ts';
import { renderingRoutes } from './rendering.ts';
import { signalRoutes } from './signals.ts';
import { soundRoutes } from './sounds.ts';
import { speechRoutes } from './speech.ts';
import { suggestionRoutes } from './suggestions.ts';
import { tasteRoutes } from './taste.ts';
import { uploadRoutes } from './uploads.ts';
import { videoRoutes } from './videos.ts';

/** Every operation of the API. What is not in this list is not served; the test of all routes with all roles walks it. */
export const apiRoutes = [
  ...accountRoutes,
  ...uploadRoutes,
  ...draftRoutes,
  ...renderingRoutes,
  ...speechRoutes,
  ...videoRoutes,
  ...captionRoutes,
  ...suggestionRoutes,
  ...soundRoutes,
  ...makingRoutes,
  ...feedRoutes,
  ...tasteRoutes,
  ...signalRoutes,
  ...insightRoutes,
  ...commentRoutes,
  ...playlistRoutes,
  ...deskRoutes,
  ...experimentRoutes,
  ...packRoutes,
];
