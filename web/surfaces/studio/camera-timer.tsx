import type { EditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import { RadioGroup, Switch } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { filmedTo } from './camera-sound.tsx';
import { PlaceInSound } from './place-in-sound.tsx';
import { Slider } from './slider.tsx';
import styles from './tool.module.css';

/** The shortest segment that stops by itself. */
const leastMs = 500;
const countdowns = [0, 3, 10];

/** How long it waits before it records, and where it stops by itself: on the sound's waveform, where there is one. */
export function CameraTimer({
  list,
  usedMs,
  lengthMs,
  countdownS,
  stopAtMs,
  onCountdown,
  onStopAt,
  onClose,
}: {
  list: EditList;
  usedMs: number;
  lengthMs: number;
  countdownS: number;
  stopAtMs: number | null;
  onCountdown: (seconds: number) => void;
  onStopAt: (ms: number | null) => void;
  onClose: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const sound = filmedTo(list.sounds);
  const source = sound && list.sources[sound.source];
  const earliestMs = Math.ceil(usedMs + leastMs);
  const set = (ms: number) => onStopAt(Math.round(Math.max(earliestMs, Math.min(lengthMs, ms))));
  return (
    <Dialog
      title={say('studio.timer.title')}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          {say('studio.done')}
        </Button>
      }
    >
      <div className={styles.stack}>
        <RadioGroup
          row
          label={say('studio.timer.countdown')}
          value={`${countdownS}`}
          options={countdowns.map((seconds) => ({
            value: `${seconds}`,
            label: say('studio.timer.seconds', { seconds }),
          }))}
          onChange={(seconds) => onCountdown(Number(seconds))}
        />
        <Switch
          label={say('studio.timer.stop')}
          checked={stopAtMs !== null}
          disabled={earliestMs >= lengthMs}
          onChange={(on) => (on ? set(Math.min(lengthMs, usedMs + 5000)) : onStopAt(null))}
        />
        {stopAtMs !== null &&
          (sound && source ? (
            <PlaceInSound
              label={say('studio.timer.stopInSound')}
              kind="stop"
              sound={sound}
              source={source}
              value={Math.min(source.durationMs, stopAtMs - sound.atMs + sound.fromMs)}
              min={sound.fromMs}
              max={source.durationMs}
              heardForMs={Math.min(sound.forMs, lengthMs - sound.atMs)}
              onChange={(ms) => set(ms - sound.fromMs + sound.atMs)}
            />
          ) : (
            <Slider
              label={say('studio.timer.stopAt')}
              value={stopAtMs}
              text={figures.tenths(stopAtMs)}
              min={earliestMs}
              max={lengthMs}
              step={100}
              onChange={set}
            />
          ))}
      </div>
    </Dialog>
  );
}
