import { lazy, Suspense, useEffect, useState } from 'react';
import { paths } from '../../paths.ts';
import { navigate } from '../../shell/link.tsx';
import { PageWait } from '../../shell/page-wait.tsx';
import { useWayBack } from '../../ui/way-back.ts';
import { leaveProject, listOf, newProject, reopenProject, useProject } from './project.ts';
import { StartRoom } from './start-room.tsx';
import styles from './studio.module.css';
import { type Wish, wishOf } from './together.rules.ts';
import { newFrame } from './together.ts';

/**
 * Each room is fetched while the one before it is open. What reads, draws and writes media is most of the studio, and
 * nobody needs it to begin.
 */
const fetchCamera = () => import('./camera-room.tsx');
const CameraRoom = lazy(async () => ({ default: (await fetchCamera()).CameraRoom }));
const EditRoom = lazy(async () => ({ default: (await import('./edit-room.tsx')).EditRoom }));
const StitchRoom = lazy(async () => ({ default: (await import('./stitch-room.tsx')).StitchRoom }));
const Beginning = lazy(async () => ({ default: (await import('./beginning.tsx')).Beginning }));
/** After the room that is seen has had the line for itself. */
const soonMs = 300;

/** From nothing to a finished video: takes, editing, making. What is worked on is on the disk at every moment. */
export function StudioSurface() {
  return (
    <Suspense fallback={<Wait />}>
      <Rooms />
    </Suspense>
  );
}

const Wait = () => (
  <div className={styles.wait} data-room="dark" data-whole-screen="">
    <PageWait />
  </div>
);

const draftInAddress = () => new URLSearchParams(location.search).get('draft');

function Rooms() {
  const current = useProject();
  /** The camera is open; for a slot of a template, when it has a name. */
  const [filming, setFilming] = useState<boolean | { slot: string }>(false);
  const [wish, setWish] = useState<Wish | null>(() => wishOf(location.search));
  const [reopening, setReopening] = useState(draftInAddress);
  useEffect(() => {
    if (!reopening) return undefined;
    const left = new AbortController();
    void reopenProject(reopening, left.signal).finally(() => setReopening(null));
    return () => left.abort();
  }, [reopening]);
  // The address names the draft that is open: a reload, signing in, going back and going forward come to it again.
  const draftId = current?.draftId ?? null;
  const named = reopening ?? draftId;
  useWayBack(
    named !== null,
    () => {
      setReopening(null);
      setFilming(false);
      leaveProject();
    },
    named ? paths.studioDraft(named) : undefined,
  );
  useEffect(() => {
    const arrived = () => {
      const asked = draftInAddress();
      if (asked && asked !== draftId) setReopening(asked);
    };
    addEventListener('popstate', arrived);
    return () => removeEventListener('popstate', arrived);
  }, [draftId]);
  // `?sound=` opens the camera with that sound; it is taken out of the address, so that a reload begins nothing anew.
  const [sound, setSound] = useState<string | null>(null);
  useEffect(() => {
    const asked = new URLSearchParams(location.search).get('sound');
    if (asked) {
      history.replaceState(null, '', paths.studio());
      newProject();
      setSound(asked);
      setFilming(true);
    }
    return leaveProject;
  }, []);
  const beginning = !current && !wish && !reopening;
  useEffect(() => {
    if (!beginning) return undefined;
    const timer = setTimeout(() => void fetchCamera().catch(() => {}), soonMs);
    return () => clearTimeout(timer);
  }, [beginning]);
  /** Begun once: a reload opens the studio, where the draft is. */
  const granted = () => {
    setWish(null);
    navigate(paths.studio(), { replace: true });
  };
  if (reopening) return <Wait />;
  if (wish)
    return (
      <Beginning
        wish={wish}
        onLeave={granted}
        onBegun={() => {
          granted();
          setFilming(wish.kind !== 'template');
        }}
      />
    );
  if (!current)
    return (
      <StartRoom
        onFilm={(cells) => {
          if (cells) newFrame(cells);
          else newProject();
          setFilming(true);
        }}
      />
    );
  const list = listOf(current);
  const empty = list.clips.length === 0;
  const offered = Object.values(list.sources).some(({ kind }) => kind === 'video');
  if (list.credit?.kind === 'stitch' && empty && offered)
    return <StitchRoom current={current} onChosen={() => setFilming(true)} onLeave={leaveProject} />;
  if (filming)
    return (
      <CameraRoom
        current={current}
        sound={sound}
        slotId={typeof filming === 'object' ? filming.slot : null}
        onDone={() => {
          setFilming(false);
          setWish(null);
          if (empty) leaveProject();
        }}
      />
    );
  return (
    <EditRoom
      current={current}
      onFilm={(slot) => setFilming(slot ? { slot } : true)}
      onLeave={leaveProject}
    />
  );
}
