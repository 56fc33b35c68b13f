import { useEffect, useState } from 'react';
import { paths } from '../../paths.ts';
import { CameraRoom } from './camera-room.tsx';
import { EditRoom } from './edit-room.tsx';
import { leaveProject, newProject, useProject } from './project.ts';
import { StartRoom } from './start-room.tsx';

/** From nothing to a finished video: takes, editing, making. What is worked on is on the disk at every moment. */
export function StudioSurface() {
  const current = useProject();
  const [filming, setFilming] = useState(false);
  // `?sound=` opens the camera with that sound; it is taken out of the address, so that a reload begins nothing anew.
  const [wish, setWish] = useState<string | null>(null);
  useEffect(() => {
    const sound = new URLSearchParams(location.search).get('sound');
    if (sound) {
      history.replaceState(null, '', paths.studio());
      newProject();
      setWish(sound);
      setFilming(true);
    }
    return leaveProject;
  }, []);
  if (!current)
    return (
      <StartRoom
        onFilm={() => {
          newProject();
          setFilming(true);
        }}
      />
    );
  const empty = current.history.now.clips.length === 0;
  if (filming)
    return (
      <CameraRoom
        current={current}
        wish={wish}
        onDone={() => {
          setFilming(false);
          setWish(null);
          if (empty) leaveProject();
        }}
      />
    );
  return <EditRoom current={current} onFilm={() => setFilming(true)} onLeave={leaveProject} />;
}
