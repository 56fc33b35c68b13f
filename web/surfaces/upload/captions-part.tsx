import { Captions, Ear } from 'lucide-react';
import { useState } from 'react';
import type { Cue } from '../../../contract/videos.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { useInstance } from '../../session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { CueDesk } from '../captions/cue-desk.tsx';
import { cuesWithin } from '../captions/cues.rules.ts';
import styles from './captions-part.module.css';
import { type CurrentUpload, changeDraft } from './current-upload.ts';
import { useSuggestion } from './suggestion.ts';

/** What goes along to be read: from the studio, from a file, or suggested by the server where it can listen. */
export function CaptionsPart({ current }: { current: CurrentUpload }) {
  const { say } = useWords();
  const figures = useFigures();
  const speech = useInstance()?.speech;
  const { draft, upload } = current;
  const listens = speech === 'on' && upload?.state === 'ready' && upload.facts?.hasSound === true;
  const { heard, going, problem, ask } = useSuggestion(listens ? upload.id : null);
  const [shown, setShown] = useState<{ cues: readonly Cue[]; suggested: boolean } | null>(null);
  const suggested = heard?.state === 'done' ? heard.cues : null;
  return (
    <section className={styles.part} aria-label={say('captions.section')}>
      <h2 className={styles.title}>{say('captions.section')}</h2>
      <p className={styles.text}>
        {draft.cues ? say('captions.along', { count: draft.cues.length }) : say('captions.along.none')}
      </p>
      <div className={styles.row}>
        <Button
          small
          icon={<Captions size={18} aria-hidden="true" />}
          onClick={() => setShown({ cues: draft.cues ?? [], suggested: false })}
        >
          {say(draft.cues ? 'captions.edit' : 'captions.write')}
        </Button>
        {listens && !going && !suggested && (
          <Button small icon={<Ear size={18} aria-hidden="true" />} onClick={() => void ask()}>
            {say('captions.suggest')}
          </Button>
        )}
        {suggested && suggested.length > 0 && (
          <Button
            small
            look={draft.cues ? 'quiet' : 'primary'}
            icon={<Ear size={18} aria-hidden="true" />}
            onClick={() => setShown({ cues: suggested, suggested: true })}
          >
            {say('captions.suggested', { count: suggested.length })}
          </Button>
        )}
      </div>
      {going && (
        <Progress
          label={say('captions.hearing')}
          share={heard?.progress ?? 0}
          text={figures.percent(heard?.progress ?? 0)}
        />
      )}
      {(heard?.state === 'failed' || problem) && (
        <Notice kind="wrong">{say('captions.hearing.failed')}</Notice>
      )}
      {suggested?.length === 0 && <p className={styles.text}>{say('captions.hearing.nothing')}</p>}
      {speech && speech !== 'on' && <p className={styles.text}>{say('captions.speech.off')}</p>}
      {shown && (
        <Review
          current={current}
          begin={shown.cues}
          suggested={shown.suggested}
          onClose={() => setShown(null)}
        />
      )}
    </section>
  );
}

/** Nothing is taken before a person has said so. */
function Review({
  current: { previewUrl, upload },
  begin,
  suggested,
  onClose,
}: {
  current: CurrentUpload;
  begin: readonly Cue[];
  suggested: boolean;
  onClose: () => void;
}) {
  const { say } = useWords();
  const [cues, setCues] = useState(begin);
  const [language, setLanguage] = useState<string | null>(null);
  return (
    <Dialog
      title={say('captions.section')}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('ui.cancel')}</Button>
          <Button
            look="primary"
            onClick={() => {
              changeDraft({ cues: cuesWithin(cues, upload?.facts?.durationMs ?? Number.MAX_SAFE_INTEGER) });
              onClose();
            }}
          >
            {say('captions.take')}
          </Button>
        </>
      }
    >
      {suggested && <Notice>{say('captions.suggested.read')}</Notice>}
      <CueDesk
        src={previewUrl}
        poster={upload?.posterUrl ?? undefined}
        durationMs={upload?.facts?.durationMs ?? null}
        cues={cues}
        language={language}
        onChange={(next) => {
          setCues(next);
          return true;
        }}
        onRead={(file) => {
          setCues(file.cues);
          setLanguage(file.language);
        }}
      />
    </Dialog>
  );
}
