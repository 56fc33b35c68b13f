import { useCallback, useEffect, useState } from 'react';
import { type Camera, type Facing, openCamera } from '../../studio/camera/camera.ts';

export type CameraState = { camera: Camera | null; problem: string | null };

/** The camera while the room is open; it is let go when the page is hidden, so that no light burns unseen. */
export function useCamera(facing: Facing, busy: boolean): CameraState & { again: () => void } {
  const [state, setState] = useState<CameraState>({ camera: null, problem: null });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((one) => one + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks once more
  useEffect(() => {
    let gone = false;
    let mine: Camera | null = null;
    setState({ camera: null, problem: null });
    openCamera(facing).then(
      (camera) => {
        mine = camera;
        if (gone) return camera.close();
        setState({ camera, problem: null });
        // Unplugged, or taken by another program.
        camera.stream
          .getVideoTracks()[0]!
          .addEventListener('ended', () => setState({ camera: null, problem: 'camera_busy' }));
      },
      (error: Error) => !gone && setState({ camera: null, problem: error.name }),
    );
    return () => {
      gone = true;
      mine?.close();
    };
  }, [facing, turn]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible' && !state.camera && !state.problem) again();
      if (document.visibilityState === 'hidden' && !busy) {
        state.camera?.close();
        setState({ camera: null, problem: null });
      }
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [state, busy, again]);
  return { ...state, again };
}
