import { useEffect, useState } from 'react';
import { CameraRoom } from './camera-room.tsx';
import { EditRoom } from './edit-room.tsx';
import { leaveProject, newProject, useProject } from './project.ts';
import { StartRoom } from './start-room.tsx';

/** From nothing to a finished video: takes, editing, making. What is worked on is on the disk at every moment. */
export function StudioSurface() {
  const current = useProject();
  const [filming, setFilming] = useState(false);
  useEffect(() => leaveProject, []);
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
        onDone={() => {
          setFilming(false);
          if (empty) leaveProject();
        }}
      />
    );
  return <EditRoom current={current} onFilm={() => setFilming(true)} onLeave={leaveProject} />;
}
