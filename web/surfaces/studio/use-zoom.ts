import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Camera } from '../../studio/camera/camera.ts';
import { zoomedByDrag, zoomedByPinch } from './camera.rules.ts';

/** The zoom of a camera that has one: a slider, a drag up from the record button, two fingers on the picture. */
export function useZoom(camera: Camera | null) {
  const range = camera?.zoom ?? null;
  const [zoom, setZoom] = useState(1);
  const from = useRef(1);
  const fingers = useRef(new Map<number, { x: number; y: number }>());
  const apart = useRef(0);
  useEffect(() => setZoom(camera?.zoom?.min ?? 1), [camera]);
  const set = (value: number) => {
    setZoom(value);
    // A camera that was taken away meanwhile says so elsewhere.
    void camera?.setZoom(value).catch(() => {});
  };
  const distance = () => {
    const [one, other] = [...fingers.current.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  };
  const lift = ({ pointerId }: PointerEvent) => {
    fingers.current.delete(pointerId);
  };
  return {
    range,
    zoom,
    set,
    /** Of a drag that begins, and of each move of it: how far up it is. */
    begin: () => {
      from.current = zoom;
    },
    drag: (pixels: number) => range && set(zoomedByDrag(from.current, range, pixels)),
    pinch: {
      onPointerDown(event: PointerEvent) {
        if (event.pointerType !== 'touch') return;
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        from.current = zoom;
        apart.current = distance();
      },
      onPointerMove(event: PointerEvent) {
        if (!fingers.current.has(event.pointerId)) return;
        fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (range && apart.current > 0 && fingers.current.size === 2)
          set(zoomedByPinch(from.current, range, distance() / apart.current));
      },
      onPointerUp: lift,
      onPointerCancel: lift,
    },
  };
}
