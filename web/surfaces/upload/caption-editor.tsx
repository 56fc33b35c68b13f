import { useMemo, useRef } from 'react';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Field } from '../../ui/field.tsx';
import { captionParts, captionRoom } from './caption.rules.ts';
import styles from './caption-editor.module.css';
import { Completion } from './completion.tsx';
import { useCompletion } from './use-completion.ts';

/** Writing a caption: tags and mentions light up, the counter says what is left. The text stays a plain textarea. */
export function CaptionEditor({
  value,
  most,
  autoFocus,
  onChange,
}: {
  value: string;
  most: number;
  autoFocus?: boolean;
  onChange: (caption: string) => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const parts = useMemo(() => captionParts(value), [value]);
  const room = captionRoom(value, most);
  const area = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const completion = useCompletion(area, value, onChange);
  return (
    <Field
      label={say('upload.caption.label')}
      hint={say('upload.caption.hint')}
      error={room.over ? say('upload.caption.tooLong', { over: -room.left }) : null}
      counter={{
        text: `${figures.whole(value.length)} / ${figures.whole(most)}`,
        over: room.over,
        spoken: say('upload.caption.left', { left: Math.max(0, room.left) }),
      }}
    >
      {(wiring) => (
        <div className={styles.editor}>
          <div ref={mirror} className={styles.mirror} aria-hidden="true" dir="auto">
            {parts.map((part, index) =>
              part.kind === 'text' ? (
                part.text
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no other identity than their place
                <mark key={index}>{part.text}</mark>
              ),
            )}
            {'\n'}
          </div>
          <textarea
            {...wiring}
            {...completion.wiring}
            ref={area}
            // biome-ignore lint/a11y/noAutofocus: the creator has just chosen a file; writing is what comes next
            autoFocus={autoFocus}
            className={styles.area}
            dir="auto"
            value={value}
            placeholder={say('upload.caption.placeholder')}
            onChange={(event) => onChange(event.target.value)}
          />
          <Completion {...completion} mirror={mirror} />
          <span className="visually-hidden" role="status">
            {room.near ? say('upload.caption.left', { left: Math.max(0, room.left) }) : ''}
          </span>
        </div>
      )}
    </Field>
  );
}
