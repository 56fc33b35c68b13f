import { useState } from 'react';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import { editLimits, textStyles } from '../../../contract/edit-list.ts';
import { useWords } from '../../intl/words.tsx';
import { useInstance } from '../../session.ts';
import { Select } from '../../ui/select.tsx';
import { CueEditor } from '../captions/cue-editor.tsx';
import { CueFiles } from '../captions/cue-files.tsx';
import { chosenCue, nameOfCue } from './cue-choice.ts';
import { make } from './project.ts';
import styles from './tool.module.css';
import type { ToolProps } from './tool.types.ts';

/** What is said, to be read: written here or brought in as a file, shown as a track or drawn into the picture. */
export function CaptionsTool({
  list,
  atMs,
  chosen,
  onChoose,
  name,
  seek,
}: ToolProps & { name: string; seek: (ms: number) => void }) {
  const { say } = useWords();
  const speech = useInstance()?.speech;
  const [language, setLanguage] = useState<string | null>(null);
  return (
    <>
      <CueEditor
        cues={list.cues}
        wholeMs={durationOf(list)}
        atMs={atMs}
        frameMs={1000 / list.fps}
        language={language}
        chosen={chosenCue(chosen)}
        onChoose={(at) => onChoose(nameOfCue(at), 'captions')}
        onChange={(cues, joined) => make({ kind: 'setCues', cues }, joined)}
        seek={seek}
      />
      {list.cues.length > 0 && (
        <>
          <Select
            label={say('captions.shown')}
            value={list.cueStyle ?? 'track'}
            options={[
              { value: 'track', label: say('captions.shown.track') },
              ...textStyles.map((value) => ({ value, label: say(`studio.text.style.${value}`) })),
            ]}
            onChange={({ target }) =>
              make({
                kind: 'setCueStyle',
                cueStyle: textStyles.find((style) => style === target.value) ?? null,
              })
            }
          />
          <p className={styles.hint}>
            {say(list.cueStyle ? 'captions.shown.burnt' : 'captions.shown.track.text')}
          </p>
        </>
      )}
      <CueFiles
        cues={list.cues}
        language={language}
        name={name}
        most={editLimits.cues}
        onRead={(file) => {
          if (make({ kind: 'setCues', cues: file.cues })) setLanguage(file.language);
        }}
      />
      {speech && (
        <p className={styles.hint}>
          {say(speech === 'on' ? 'captions.speech.afterwards' : 'captions.speech.off')}
        </p>
      )}
    </>
  );
}
