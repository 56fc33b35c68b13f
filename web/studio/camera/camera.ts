/**
 * The camera and the microphone of this device. Knows no take, no list and no page. Names of refusals:
 * `no_camera_here` (the address is not secure, or the browser is too old), `camera_refused`, `camera_missing`,
 * `camera_busy`.
 */
export type Facing = 'user' | 'environment';
export type Camera = {
  stream: MediaStream;
  facing: Facing;
  /** Front cameras are shown as a mirror, as people know themselves; they are recorded as others see them. */
  mirrored: boolean;
  hasMicrophone: boolean;
  /** The range of the zoom; null when this camera has none. */
  zoom: { min: number; max: number; step: number } | null;
  hasTorch: boolean;
  setZoom(value: number): Promise<void>;
  setTorch(on: boolean): Promise<void>;
  close(): void;
};

type MoreCapabilities = MediaTrackCapabilities & {
  zoom?: { min: number; max: number; step: number };
  torch?: boolean;
};

const refusal = (name: string) => Object.assign(new Error(name), { name });
const nameOf: Record<string, string> = {
  NotAllowedError: 'camera_refused',
  SecurityError: 'camera_refused',
  NotFoundError: 'camera_missing',
  OverconstrainedError: 'camera_missing',
  NotReadableError: 'camera_busy',
  AbortError: 'camera_busy',
};

export async function openCamera(facing: Facing): Promise<Camera> {
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined')
    throw refusal('no_camera_here');
  const stream = await ask(facing);
  const [video] = stream.getVideoTracks();
  const can = (video!.getCapabilities?.() ?? {}) as MoreCapabilities;
  const apply = (wish: object) => video!.applyConstraints({ advanced: [wish] });
  return {
    stream,
    facing,
    mirrored: (video!.getSettings().facingMode ?? facing) !== 'environment',
    hasMicrophone: stream.getAudioTracks().length > 0,
    zoom: can.zoom && can.zoom.max > can.zoom.min ? can.zoom : null,
    hasTorch: can.torch === true,
    setZoom: (zoom) => apply({ zoom }),
    setTorch: (torch) => apply({ torch }),
    close() {
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

/** Without a microphone a camera is still worth having. */
async function ask(facing: Facing): Promise<MediaStream> {
  // Sideways sensors turn the picture by themselves; the wish is for as much as a 720 rung needs.
  const video = {
    facingMode: facing,
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
  };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: { echoCancellation: false } });
  } catch (error) {
    const { name } = error as DOMException;
    if (name === 'NotFoundError' || name === 'NotReadableError') {
      const alone = await navigator.mediaDevices.getUserMedia({ video }).catch(() => null);
      if (alone) return alone;
    }
    throw refusal(nameOf[name] ?? 'camera_missing');
  }
}
