import { useEffect, useState } from 'react';
import { paths } from '../../paths.ts';
import { navigate } from '../../shell/link.tsx';
import { Beginning } from './beginning.tsx';
import { CameraRoom } from './camera-room.tsx';
import { EditRoom } from './edit-room.tsx';
import { leaveProject, listOf, newProject, useProject } from './project.ts';
import { StartRoom } from './start-room.tsx';
import { StitchRoom } from './stitch-room.tsx';
import { type Wish, wishOf } from './together.rules.ts';
import { newFrame } from './together.ts';

/** From nothing to a finished video: takes, editing, making. What is worked on is on the disk at every moment. */
export function StudioSurface() {
  const current = useProject();
  /** The camera is open; for a slot of a template, when it has a name. */
  const [filming, setFilming] = useState<boolean | { slot: string }>(false);
  const [wish, setWish] = useState<Wish | null>(() => wishOf(location.search));
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
  /** Begun once: a reload opens the studio, where the draft is. */
  const granted = () => {
    setWish(null);
    navigate(paths.studio(), { replace: true });
  };
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
