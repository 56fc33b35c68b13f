/**
 * Which surface is shown at which address. The feed and the single video come with the first screen; every other
 * surface is its own chunk and arrives together with its words. It knows surfaces by name only.
 */
import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react';
import { loadLaterWords } from './intl/words.tsx';
import { type Place, paths } from './paths.ts';
import { Failure } from './shell/failure.tsx';
import { Redirect } from './shell/link.tsx';
import { PageWait } from './shell/page-wait.tsx';
import { Following, ForYou } from './surfaces/feed/feed.tsx';
import { Watch } from './surfaces/watch/watch.tsx';

type Surface<Props> = LazyExoticComponent<ComponentType<Props>> & { warm: () => void };

/** A later surface: its code, its words and the query cache, all at once. */
function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Surface<Props> {
  const fetchAll = () => Promise.all([load(), import('./shell/queries.tsx'), loadLaterWords()]);
  const Surface = lazy(async () => {
    const [Component, { Queries }] = await fetchAll();
    return {
      default: (props: Props) => (
        <Queries>
          <Component {...props} />
        </Queries>
      ),
    };
  });
  // What does not come now is asked for again when it is needed, and then its failure is seen.
  return Object.assign(Surface, { warm: () => void fetchAll().catch(() => {}) });
}

const Person = later(async () => (await import('./surfaces/profile/profile.tsx')).ProfileSurface);
const MyVideos = later(async () => (await import('./surfaces/profile/my-videos.tsx')).MyVideosSurface);
const Tag = later(async () => (await import('./surfaces/tag/tag.tsx')).TagSurface);
const Sound = later(async () => (await import('./surfaces/sound/sound.tsx')).SoundSurface);
const Sounds = later(async () => (await import('./surfaces/sounds/sounds.tsx')).SoundsSurface);
const Credits = later(async () => (await import('./surfaces/credits/credits.tsx')).CreditsSurface);
const Discover = later(async () => (await import('./surfaces/discover/discover.tsx')).DiscoverSurface);
const Upload = later(async () => (await import('./surfaces/upload/upload.tsx')).UploadSurface);
const Studio = later(async () => (await import('./surfaces/studio/studio.tsx')).StudioSurface);
const Playlist = later(async () => (await import('./surfaces/playlist/playlist.tsx')).PlaylistSurface);
const Insights = later(async () => (await import('./surfaces/insights/insights.tsx')).InsightsSurface);
const VideoInsights = later(
  async () => (await import('./surfaces/insights/video-insights.tsx')).VideoInsightsSurface,
);
const Settings = later(async () => (await import('./surfaces/settings/settings.tsx')).SettingsSurface);
const YourFeed = later(async () => (await import('./surfaces/your-feed/your-feed.tsx')).YourFeedSurface);
const SignIn = later(async () => (await import('./surfaces/sign-in/sign-in.tsx')).SignInSurface);
const SignUp = later(async () => (await import('./surfaces/sign-in/sign-up.tsx')).SignUpSurface);
const ResetPassword = later(
  async () => (await import('./surfaces/sign-in/reset-password.tsx')).ResetPasswordSurface,
);
const VerifyEmail = later(
  async () => (await import('./surfaces/sign-in/verify-email.tsx')).VerifyEmailSurface,
);
const Claim = later(async () => (await import('./surfaces/desk/claim.tsx')).ClaimSurface);
const Desk = later(async () => (await import('./surfaces/desk/desk.tsx')).DeskSurface);
const FeedHealth = later(async () => (await import('./surfaces/desk/feed-health.tsx')).FeedHealthSurface);
const Experiments = later(async () => (await import('./surfaces/desk/experiments.tsx')).ExperimentsSurface);
const OneExperiment = later(async () => (await import('./surfaces/desk/experiment.tsx')).ExperimentSurface);
const Look = later(async () => (await import('./surfaces/desk/look.tsx')).LookSurface);
const Packs = later(async () => (await import('./surfaces/desk/packs.tsx')).PacksSurface);
const DeskComments = later(async () => (await import('./surfaces/desk/comments.tsx')).DeskCommentsSurface);
const NotFound = later(async () => (await import('./surfaces/not-found/not-found.tsx')).NotFoundSurface);

/** A finger on the button is 0.1 s before the tap, a pointer over it more. */
export const warmUpload = Upload.warm;

export function Surfaces({ place }: { place: Place }) {
  return (
    <Failure key={JSON.stringify(place)}>
      <Suspense fallback={<PageWait />}>{surfaceAt(place)}</Suspense>
    </Failure>
  );
}

function surfaceAt(place: Place) {
  switch (place.name) {
    case 'forYou':
      return <ForYou />;
    case 'following':
      return <Following />;
    case 'video':
      return <Watch key={place.id} handle={place.handle} id={place.id} />;
    case 'discover':
      return <Discover />;
    case 'sounds':
      return <Sounds />;
    case 'person':
      return <Person key={place.handle} handle={place.handle} />;
    case 'tag':
      return <Tag key={place.tag} tag={place.tag} />;
    case 'sound':
      return <Sound key={place.id} id={place.id} />;
    case 'credits':
      return <Credits key={place.id} id={place.id} />;
    case 'upload':
      return <Upload />;
    case 'studio':
      return <Studio />;
    case 'myVideos':
      return <MyVideos />;
    case 'playlist':
      return <Playlist key={place.id} id={place.id} />;
    case 'insights':
      return <Insights />;
    case 'videoInsights':
      return <VideoInsights key={place.id} id={place.id} />;
    case 'settings':
      return <Settings />;
    case 'yourFeed':
      return <YourFeed />;
    case 'signIn':
      return <SignIn />;
    case 'signUp':
      return <SignUp />;
    case 'resetPassword':
      return <ResetPassword />;
    case 'verifyEmail':
      return <VerifyEmail />;
    case 'claim':
      return <Claim token={place.token} />;
    case 'desk':
      return <Desk />;
    case 'deskHealth':
      return <FeedHealth />;
    case 'deskExperiments':
      return <Experiments />;
    case 'deskExperiment':
      return <OneExperiment key={place.key} name={place.key} />;
    case 'deskLook':
      return <Look />;
    case 'deskComments':
      return <DeskComments />;
    case 'deskPacks':
      return <Packs />;
    case 'notFound':
      return location.pathname === '/index.html' ? <Redirect to={paths.forYou()} /> : <NotFound />;
  }
}
