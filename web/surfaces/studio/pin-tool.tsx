import { useEffect, useRef, useState } from 'react';
import type { EditList, EditSticker } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { trackedAt } from '../../studio/seeing/marks.rules.ts';
import { trackFrom } from '../../studio/seeing/track.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { Blind } from './blind.tsx';
import { useProject } from './project.ts';
import styles from './tool.module.css';

/** Names of MediaPipe's points that people ask for. */
const facePoints = {
  forehead: 10,
  eyes: 168,
  nose: 1,
  mouth: 13,
  chin: 152,
  leftEar: 234,
  rightEar: 454,
} as const;
type FacePoint = keyof typeof facePoints;

/** Whether a sticker stays in its place, sits on a face, or goes with what is under it. */
export function PinTool({
  list,
  sticker,
  onChange,
}: {
  list: EditList;
  sticker: EditSticker;
  onChange: (part: Partial<EditSticker>) => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const reels = useProject()?.reels;
  const [share, setShare] = useState<number | null>(null);
  const [lost, setLost] = useState(false);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const { pin } = sticker;
  const held = Object.entries(facePoints).find(([, point]) => pin?.kind === 'face' && pin.point === point);
  const value = pin === null ? 'place' : pin.kind === 'track' ? 'track' : (held?.[0] ?? 'nose');
  /** Free again, it stays where it was seen first. */
  const home = () => (pin?.kind === 'track' ? trackedAt(pin.places, sticker.atMs) : { x: 0.5, y: 0.5 });

  const track = async () => {
    if (!reels) return;
    setLost(false);
    setShare(0);
    const mine = new AbortController();
    stop.current = mine;
    const from = pin ? { x: home().x, y: home().y } : { x: sticker.x, y: sticker.y };
    const places = await trackFrom(
      list,
      reels,
      { ...from, atMs: sticker.atMs, forMs: sticker.forMs },
      { signal: mine.signal, onProgress: setShare },
    ).catch(() => null);
    if (mine.signal.aborted) return;
    setShare(null);
    if (places) onChange({ pin: { kind: 'track', places }, x: 0, y: 0 });
    else setLost(true);
  };

  return (
    <>
      <Select
        label={say('studio.pin')}
        hint={say(`studio.pin.hint.${pin?.kind ?? 'place'}`)}
        value={value}
        options={[
          { value: 'place', label: say('studio.pin.place') },
          ...Object.keys(facePoints).map((point) => ({ value: point, label: say(`studio.pin.${point}`) })),
          ...(pin?.kind === 'track' ? [{ value: 'track', label: say('studio.pin.track') }] : []),
        ]}
        onChange={({ target }) => {
          if (target.value === 'place') onChange({ pin: null, x: home().x, y: home().y });
          else if (target.value in facePoints)
            onChange({ pin: { kind: 'face', point: facePoints[target.value as FacePoint] }, x: 0, y: 0 });
        }}
      />
      {pin?.kind === 'face' && <Blind />}
      {lost && <Notice kind="wrong">{say('studio.pin.lost')}</Notice>}
      <div className={styles.row}>
        <Button small busy={share !== null} onClick={() => void track()}>
          {share === null
            ? say('studio.pin.follow')
            : say('studio.pin.following', { share: figures.percent(share) })}
        </Button>
      </div>
    </>
  );
}
