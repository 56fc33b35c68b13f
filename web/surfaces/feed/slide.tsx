import { Music2, Pause, Play, RotateCcw, VolumeX } from 'lucide-react';
import { type CSSProperties, type MouseEvent, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Media, Video } from '../../../contract/videos.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Captions } from '../../player/captions.tsx';
import { SeekBar } from '../../player/seek-bar.tsx';
import { projector } from '../../projector.ts';
import { useSettings } from '../../settings.ts';
import { Link } from '../../shell/link.tsx';
import { Button } from '../../ui/button.tsx';
import { Actions } from './actions.tsx';
import { Caption } from './caption.tsx';
import { CreditLine } from './credit-line.tsx';
import { like } from './deeds.ts';
import type { Feed, ShownVideo } from './feed.store.ts';
import { aspectOf, blurOf, fitOf } from './picture.ts';
import { ReasonChip } from './reason.tsx';
import styles from './slide.module.css';
import stage from './stage.module.css';
import { useTrack } from './tracks.ts';

type Props = {
  feed: Feed;
  item: ShownVideo;
  at: number;
  active: boolean;
  setSize: number;
  onSkip: () => void;
};

/** One video in the list: its picture behind the player, its words and controls in front of it. */
export function Slide({ feed, item, at, active, setSize, onSkip }: Props) {
  const { video } = item;
  const media = video.media!;
  return (
    <article
      className={stage.place}
      style={{ '--at': at, '--aspect': aspectOf(media) } as CSSProperties}
      aria-posinset={at + 1}
      aria-setsize={setSize}
      aria-labelledby={`author-${at}`}
      inert={!active}
    >
      <Back media={media} />
      <Front feed={feed} item={item} at={at} active={active} onSkip={onSkip} />
    </article>
  );
}

function Back({ media }: { media: Media }) {
  const fit = fitOf(media);
  const blur = blurOf(media.thumbhash);
  return (
    <div className={stage.back} data-fit={fit} style={blur ? { backgroundImage: `url(${blur})` } : undefined}>
      {fit === 'contain' && <img className={stage.extension} src={media.posterUrl} alt="" />}
      <img className={stage.poster} src={media.posterUrl} alt="" />
    </div>
  );
}

/** Two taps closer than this are one like (and no pause). */
const doubleTapMs = 260;

function Front({ feed, item, at, active, onSkip }: Omit<Props, 'setSize'>) {
  const { say } = useWords();
  const front = useRef<HTMLDivElement>(null);
  const lastTap = useRef<{ at: number; timer: ReturnType<typeof setTimeout> | null }>({ at: 0, timer: null });
  const { video } = item;
  const loves = () => {
    if (!video.liked) void like(feed, item, true, say('feed.like.failed'));
  };
  const onTap = (event: MouseEvent) => {
    if ((event.target as Element).closest('a, button, [role=slider], p')) return;
    const tap = lastTap.current;
    if (tap.timer) clearTimeout(tap.timer);
    if (event.timeStamp - tap.at < doubleTapMs) {
      lastTap.current = { at: 0, timer: null };
      burst(front.current, event);
      return loves();
    }
    lastTap.current = { at: event.timeStamp, timer: setTimeout(projector.toggle, doubleTapMs) };
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: space does the same anywhere on the stage, and a button stands in it
    // biome-ignore lint/a11y/noStaticElementInteractions: the whole picture is the finger's target
    <div ref={front} className={stage.front} onClick={onTap}>
      <div className={styles.scrim} />
      {active && <Status onSkip={onSkip} />}
      <Actions feed={feed} item={item} />
      <div className={styles.words}>
        {active && <Spoken video={video} />}
        <ReasonChip item={item} />
        <Byline video={video} at={at} />
        <Caption video={video} />
        <CreditLine video={video} />
        <SoundLine video={video} />
      </div>
      {active && <Seek video={video} />}
    </div>
  );
}

/** A heart where the fingers were. */
function burst(place: HTMLElement | null, event: MouseEvent): void {
  if (!place) return;
  const box = place.getBoundingClientRect();
  const heart = document.createElement('span');
  heart.className = styles.burst ?? '';
  heart.style.left = `${event.clientX - box.left}px`;
  heart.style.top = `${event.clientY - box.top}px`;
  heart.addEventListener('animationend', () => heart.remove());
  place.append(heart);
}

function usePhase() {
  return useSyncExternalStore(projector.state.subscribe, () => projector.state.get().phase);
}

/** What the player is doing, where it needs saying: paused, waiting, broken. */
function Status({ onSkip }: { onSkip: () => void }) {
  const { say } = useWords();
  const phase = usePhase();
  if (phase === 'failed')
    return (
      <div className={styles.failed} role="alert">
        <p>
          <b>{say('player.failed.title')}</b>
        </p>
        <p>{say(navigator.onLine ? 'player.failed.text' : 'player.failed.offline')}</p>
        <div className={styles.failedDeeds}>
          <Button look="primary" icon={<RotateCcw size={18} aria-hidden="true" />} onClick={projector.retry}>
            {say('player.retry')}
          </Button>
          <Button onClick={onSkip}>{say('player.skip')}</Button>
        </div>
      </div>
    );
  const still = phase === 'paused' || phase === 'idle';
  return (
    <>
      <button
        type="button"
        className={styles.toggle}
        data-shown={still || undefined}
        aria-label={say(still ? 'player.play' : 'player.pause')}
        onClick={projector.toggle}
      >
        {still ? (
          <Play fill="currentColor" aria-hidden="true" />
        ) : (
          <Pause fill="currentColor" aria-hidden="true" />
        )}
      </button>
      {(phase === 'waiting' || phase === 'loading') && (
        <p className={styles.waiting} role="status">
          <span className="visually-hidden">{say('player.waiting')}</span>
        </p>
      )}
    </>
  );
}

function Spoken({ video }: { video: Video }) {
  const { captions, captionSize, captionBack } = useSettings();
  const track = useTrack(video);
  if (!captions || !track) return null;
  return (
    <Captions
      cues={track.cues}
      clock={projector}
      language={track.language}
      size={captionSize}
      back={captionBack}
      className={styles.spoken}
    />
  );
}

/** What must be said about a video: advertising, made by a machine, part of the demo, not for everybody. */
function Marks({ video }: { video: Video }) {
  const { say } = useWords();
  const marks = [
    video.disclosure.advertising && 'feed.mark.advertising',
    video.disclosure.aiMade && 'feed.mark.aiMade',
    video.demo && 'feed.mark.demo',
    video.audience === 'followers' && 'feed.mark.followers',
    video.audience === 'me' && 'feed.mark.me',
    video.making?.takenBack && 'feed.mark.takenBack',
  ].filter((id) => typeof id === 'string');
  if (marks.length === 0) return null;
  return (
    <ul className={styles.marks}>
      {marks.map((id) => (
        <li key={id}>{say(id)}</li>
      ))}
    </ul>
  );
}

function Byline({ video, at }: { video: Video; at: number }) {
  const figures = useFigures();
  const { author, publishedAt, createdAt } = video;
  return (
    <div className={styles.byline}>
      <h2 id={`author-${at}`}>
        <Link href={paths.person(author.handle)}>
          <bdi>@{author.handle}</bdi>
        </Link>
      </h2>
      <span aria-hidden="true">·</span>
      <time dateTime={publishedAt ?? createdAt} dir="auto">
        {figures.ago(publishedAt ?? createdAt)}
      </time>
      <Marks video={video} />
    </div>
  );
}

function SoundLine({ video }: { video: Video }) {
  const { say } = useWords();
  const { sound } = video;
  if (!sound) return null;
  const owner = sound.ownerHandle ?? video.author.handle;
  const text = sound.withdrawn
    ? say('feed.sound.withdrawn')
    : sound.title
      ? say(sound.original ? 'feed.sound.original' : 'feed.sound.used', { title: sound.title, handle: owner })
      : say('feed.sound.untitled', { handle: owner });
  return (
    <Link href={paths.sound(sound.id)} className={styles.sound} aria-label={say('feed.sound.open', { text })}>
      {sound.withdrawn ? <VolumeX size={15} aria-hidden="true" /> : <Music2 size={15} aria-hidden="true" />}
      <span>{text}</span>
    </Link>
  );
}

function Seek({ video }: { video: Video }) {
  const { say } = useWords();
  const figures = useFigures();
  const texts = useMemo(
    () => ({
      label: say('player.seek'),
      clock: figures.clock,
      position: (atS: number, ofS: number) =>
        say('player.position', { at: figures.clock(atS * 1000), of: figures.clock(ofS * 1000) }),
    }),
    [say, figures],
  );
  return (
    <div className={styles.seek}>
      <SeekBar playing={projector} durationMs={video.media?.durationMs ?? 0} texts={texts} />
    </div>
  );
}
