import { type ReactNode, useId } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import { captionBacks, captionSizes, settings, useSettings } from '../../settings.ts';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './opened.module.css';
import { useLanguageShown } from './tracks.ts';

/** How captions are shown on this device, and in which of a video's languages. */
export function CaptionsWindow({ video, onClose }: { video: Video; onClose: () => void }) {
  const { say, language } = useWords();
  const now = useSettings();
  const shown = useLanguageShown(video);
  const nameOf = (code: string) =>
    code === 'und'
      ? say('player.captions.unknown')
      : (new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code);
  return (
    <Dialog title={say('player.captions.title')} onClose={onClose}>
      <label className={styles.switch} style={{ borderBlockStart: 0 }}>
        <input
          type="checkbox"
          checked={now.captions}
          onChange={(event) => settings.set({ captions: event.target.checked })}
        />
        <span>{say('player.captions.on')}</span>
      </label>
      {video.captionLanguages.length > 1 && (
        <Choice label={say('player.captions.language')} wraps>
          {video.captionLanguages.map((code) => (
            <One
              key={code}
              name="language"
              label={nameOf(code)}
              checked={code === shown}
              onPick={() => settings.set({ captionLanguage: code, captions: true })}
            />
          ))}
        </Choice>
      )}
      <Choice label={say('player.captions.size')}>
        {captionSizes.map((size) => (
          <One
            key={size}
            name="size"
            label={say(`player.captions.size.${size}`)}
            checked={size === now.captionSize}
            onPick={() => settings.set({ captionSize: size })}
          />
        ))}
      </Choice>
      <Choice label={say('player.captions.back')}>
        {captionBacks.map((back) => (
          <One
            key={back}
            name="back"
            label={say(`player.captions.back.${back}`)}
            checked={back === now.captionBack}
            onPick={() => settings.set({ captionBack: back })}
          />
        ))}
      </Choice>
    </Dialog>
  );
}

function Choice({ label, wraps, children }: { label: string; wraps?: boolean; children: ReactNode }) {
  return (
    <fieldset className={styles.speeds} style={wraps ? { flexWrap: 'wrap' } : undefined}>
      <legend>{label}</legend>
      {children}
    </fieldset>
  );
}

function One({
  name,
  label,
  checked,
  onPick,
}: {
  name: string;
  label: string;
  checked: boolean;
  onPick: () => void;
}) {
  const id = useId();
  return (
    <label htmlFor={id}>
      <input
        id={id}
        type="radio"
        name={`captions-${name}`}
        className="visually-hidden"
        checked={checked}
        onChange={onPick}
      />
      <span style={{ paddingInline: '0.5rem' }}>{label}</span>
    </label>
  );
}
