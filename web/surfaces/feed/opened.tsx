import {
  Captions as CaptionsIcon,
  CaptionsOff,
  EyeOff,
  Gauge,
  GitFork,
  Heart,
  Keyboard,
  Link2,
  Mail,
  MessageCircle,
  Send,
  Shapes,
  Share,
  SlidersHorizontal,
  Sparkles,
  UserPlus,
  UserRound,
} from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { settings, speeds, useSettings } from '../../settings.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { CaptionsWindow } from './captions-window.tsx';
import { notInterested, opened, openLater, shared, type Opened as What } from './deeds.ts';
import type { Feed, ShownVideo } from './feed.store.ts';
import { setSingleKeys, singleKeys } from './keys.ts';
import { MakingRow } from './making-row.tsx';
import styles from './opened.module.css';
import { Related } from './panel.tsx';

/** The windows over the stage. They come as one chunk when the first of them is asked for. */
export function Opened({
  feed,
  what,
  onClose,
}: {
  feed: Feed;
  what: Exclude<What, { name: 'why' | 'comments' }>;
  onClose: () => void;
}) {
  switch (what.name) {
    case 'share':
      return <ShareWindow item={what.item} onClose={onClose} />;
    case 'more':
      return <MoreWindow feed={feed} item={what.item} onClose={onClose} />;
    case 'captions':
      return <CaptionsWindow video={what.item.video} onClose={onClose} />;
    case 'related':
      return <RelatedWindow video={what.item.video} onClose={onClose} />;
    case 'keys':
      return <KeysWindow onClose={onClose} />;
    case 'signIn':
      return <SignInWindow why={what.why} onClose={onClose} />;
  }
}

function addressOf(video: Video): string {
  return new URL(video.url, location.origin).href;
}

/** `navigator.clipboard` exists only on secure origins; a server on a home network may have none. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    const place = document.querySelector('dialog[open]') ?? document.body;
    place.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

function Row({
  icon,
  children,
  onPress,
  href,
}: {
  icon: ReactNode;
  children: ReactNode;
  onPress?: () => void;
  href?: string;
}) {
  if (href)
    return (
      <li>
        <a className={styles.row} href={href} target="_blank" rel="noopener noreferrer" onClick={onPress}>
          {icon}
          <span>{children}</span>
        </a>
      </li>
    );
  return (
    <li>
      <button type="button" className={styles.row} onClick={onPress}>
        {icon}
        <span>{children}</span>
      </button>
    </li>
  );
}

function ShareWindow({ item, onClose }: { item: ShownVideo; onClose: () => void }) {
  const { say } = useWords();
  const { video } = item;
  const address = addressOf(video);
  const text = say('feed.share.text', { name: video.author.displayName });
  const both = encodeURIComponent(`${text} ${address}`);
  const targets = [
    {
      label: say('feed.share.mail'),
      icon: <Mail aria-hidden="true" />,
      href: `mailto:?subject=${encodeURIComponent(text)}&body=${encodeURIComponent(address)}`,
    },
    { label: 'WhatsApp', icon: <MessageCircle aria-hidden="true" />, href: `https://wa.me/?text=${both}` },
    {
      label: 'Telegram',
      icon: <Send aria-hidden="true" />,
      href: `https://t.me/share/url?url=${encodeURIComponent(address)}&text=${encodeURIComponent(text)}`,
    },
  ];
  const done = () => {
    shared(item);
    onClose();
  };
  return (
    <Dialog title={say('feed.share.title')} onClose={onClose}>
      <MakingRow video={video} onPress={onClose} />
      {video.audience === 'followers' && <p className={styles.text}>{say('feed.share.followersOnly')}</p>}
      <p className={styles.address} dir="ltr">
        {address}
      </p>
      <ul className={styles.rows}>
        <Row
          icon={<Link2 aria-hidden="true" />}
          onPress={async () => {
            const copied = await copy(address);
            toast(say(copied ? 'feed.share.copied' : 'feed.share.notCopied'));
            if (copied) done();
          }}
        >
          {say('feed.share.copy')}
        </Row>
        {'share' in navigator && (
          <Row
            icon={<Share aria-hidden="true" />}
            onPress={() =>
              navigator
                .share({ title: text, url: address })
                .then(done)
                // The viewer changed their mind; the window stays for another way.
                .catch(() => {})
            }
          >
            {say('feed.share.device')}
          </Row>
        )}
        {targets.map(({ label, icon, href }) => (
          <Row key={label} icon={icon} href={href} onPress={done}>
            {label}
          </Row>
        ))}
      </ul>
    </Dialog>
  );
}

function MoreWindow({ feed, item, onClose }: { feed: Feed; item: ShownVideo; onClose: () => void }) {
  const { say } = useWords();
  const figures = useFigures();
  const { captions, speed } = useSettings();
  const { video } = item;
  return (
    <Dialog title={say('feed.more.title')} onClose={onClose}>
      {video.audience === 'me' && <MakingRow video={video} onPress={onClose} />}
      <ul className={styles.rows}>
        {item.token && (
          <Row
            icon={<Sparkles aria-hidden="true" />}
            onPress={() => {
              onClose();
              // After the focus is back where it was, so that the sheet gives it back to the same place.
              setTimeout(() => void openLater('why', item, say('feed.why.failed')));
            }}
          >
            {say('feed.why')}
          </Row>
        )}
        {item.token && !video.mine && (
          <Row
            icon={<EyeOff aria-hidden="true" />}
            onPress={() => {
              onClose();
              notInterested(feed, item, { done: say('feed.notInterested.done'), undo: say('feed.undo') });
            }}
          >
            {say('feed.notInterested')}
          </Row>
        )}
        {video.status === 'published' && (
          <Row icon={<Shapes aria-hidden="true" />} onPress={() => opened.set({ name: 'related', item })}>
            {say('feed.related')}
          </Row>
        )}
        {video.cues && video.cues.length > 0 && (
          <Row
            icon={captions ? <CaptionsOff aria-hidden="true" /> : <CaptionsIcon aria-hidden="true" />}
            onPress={() => settings.set({ captions: !captions })}
          >
            {say(captions ? 'player.captions.hide' : 'player.captions.show')}
          </Row>
        )}
        {video.cues && video.cues.length > 0 && (
          <Row
            icon={<SlidersHorizontal aria-hidden="true" />}
            onPress={() => opened.set({ name: 'captions', item })}
          >
            {say('player.captions.title')}
          </Row>
        )}
        <li className={styles.page}>
          <Link className={styles.row} href={paths.person(video.author.handle)}>
            <UserRound aria-hidden="true" />
            <span>{say('feed.author.open', { name: video.author.displayName })}</span>
          </Link>
        </li>
        <li>
          <Link className={styles.row} href={paths.credits(video.id)}>
            <GitFork aria-hidden="true" />
            <span>{say('feed.credits.open')}</span>
          </Link>
        </li>
        <Row icon={<Keyboard aria-hidden="true" />} onPress={() => opened.set({ name: 'keys' })}>
          {say('feed.keys.title')}
        </Row>
      </ul>
      <fieldset className={styles.speeds}>
        <legend>
          <Gauge aria-hidden="true" />
          {say('player.speed')}
        </legend>
        {speeds.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="speed"
              className="visually-hidden"
              checked={one === speed}
              onChange={() => settings.set({ speed: one })}
            />
            <span>{figures.decimal(one)}×</span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}

function RelatedWindow({ video, onClose }: { video: Video; onClose: () => void }) {
  const { say } = useWords();
  return (
    <Dialog title={say('feed.related')} beside low onClose={onClose}>
      <Related video={video} />
    </Dialog>
  );
}

const keyRows = [
  ['↓ / J', 'next'],
  ['↑ / K', 'previous'],
  ['␣', 'toggle'],
  ['M', 'mute'],
  ['L', 'like'],
  ['C', 'comments'],
  ['T', 'captions'],
  ['S', 'share'],
  ['W', 'why'],
  ['Ctrl Z', 'undo'],
  ['?', 'keys'],
  ['Esc', 'close'],
] as const;

function KeysWindow({ onClose }: { onClose: () => void }) {
  const { say } = useWords();
  const lettersOn = useSyncExternalStore(singleKeys.subscribe, singleKeys.get);
  return (
    <Dialog title={say('feed.keys.title')} onClose={onClose}>
      <dl className={styles.keys}>
        {keyRows.map(([key, deed]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(deed === 'why' ? 'feed.why' : `feed.keys.${deed}`)}</dd>
          </div>
        ))}
      </dl>
      <label className={styles.switch}>
        <input
          type="checkbox"
          checked={lettersOn}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        <span>{say('feed.keys.letters')}</span>
      </label>
    </Dialog>
  );
}

function SignInWindow({ why, onClose }: { why: 'like' | 'follow'; onClose: () => void }) {
  const { say } = useWords();
  const back = location.pathname;
  return (
    <Dialog
      title={say(`feed.signIn.${why}.title`)}
      onClose={onClose}
      actions={
        <>
          <Link className={buttonClass({ look: 'quiet' })} href={paths.signUp(back)}>
            {say('feed.signIn.create')}
          </Link>
          <Link className={buttonClass({ look: 'primary' })} href={paths.signIn(back)}>
            {say('shell.signIn')}
          </Link>
        </>
      }
    >
      <p className={styles.text}>
        {why === 'like' ? <Heart aria-hidden="true" /> : <UserPlus aria-hidden="true" />}
        <span>{say(`feed.signIn.${why}.text`)}</span>
      </p>
    </Dialog>
  );
}
