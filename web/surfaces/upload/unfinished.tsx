import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Film } from 'lucide-react';
import { useState } from 'react';
import type { Upload } from '../../../contract/uploads.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Progress } from '../../ui/progress.tsx';
import { keptLines } from '../../uploading.ts';
import { stopSending, useSendings } from './background.ts';
import { continueUpload } from './current-upload.ts';
import { draftOf, dropDraft } from './draft.ts';
import { dropFile } from './kept-files.ts';
import { asUploadRefusal } from './refusal.rules.ts';
import styles from './unfinished.module.css';

/** Uploads that are not a video yet: go on with them, or give them up. */
export function Unfinished({ uploads, onFile }: { uploads: Upload[]; onFile: (file: File) => void }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<Upload | null>(null);
  const discard = useMutation({
    mutationFn: async (upload: Upload) => {
      await stopSending(upload.id);
      await api.discardUpload(upload.id);
      await dropFile(upload.id);
    },
    onSuccess: async (_, upload) => {
      dropDraft(upload.id);
      setLeaving(null);
      await queries.invalidateQueries({ queryKey: ['uploads'] });
    },
  });
  if (uploads.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="unfinished">
      <h2 id="unfinished" className={styles.title}>
        {say('upload.unfinished.title')}
      </h2>
      <ul className={styles.list}>
        {uploads.map((upload) => (
          <Row key={upload.id} upload={upload} onFile={onFile} onDiscard={() => setLeaving(upload)} />
        ))}
      </ul>
      {leaving && (
        <Confirm
          title={say('upload.discard.title')}
          yes={say('upload.discard.yes')}
          no={say('upload.discard.no')}
          danger
          busy={discard.isPending}
          error={discard.error ? problemSentence(words, discard.error) : null}
          onYes={() => discard.mutate(leaving)}
          onNo={() => {
            discard.reset();
            setLeaving(null);
          }}
        >
          <p>{say('upload.discard.text')}</p>
        </Confirm>
      )}
    </section>
  );
}

function Row({
  upload,
  onFile,
  onDiscard,
}: {
  upload: Upload;
  onFile: (file: File) => void;
  onDiscard: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const name = upload.fileName ?? say('upload.unnamed');
  const caption = draftOf(upload.id)?.caption;
  const receiving = upload.state === 'receiving';
  // Its bytes are on this device: it goes on by itself, and can be written on meanwhile.
  const goesOn = receiving && keptLines().some(({ uploadId }) => uploadId === upload.id);
  const sent = useSendings().find(({ uploadId }) => uploadId === upload.id)?.transfer.sent ?? 0;
  const received = Math.max(sent, upload.bytesReceived);
  const share = upload.bytesTotal > 0 ? received / upload.bytesTotal : 0;
  return (
    <li className={styles.row}>
      {upload.posterUrl ? (
        <img className={styles.picture} src={upload.posterUrl} alt="" loading="lazy" />
      ) : (
        <span className={styles.picture} aria-hidden="true">
          <Film size={22} />
        </span>
      )}
      <div className={styles.words}>
        <p className={styles.name}>{caption || name}</p>
        <p className={styles.facts}>
          {receiving
            ? say('upload.unfinished.receiving', {
                done: figures.bytes(received),
                total: figures.bytes(upload.bytesTotal),
                name,
              })
            : upload.refusal
              ? say(`upload.refusal.${asUploadRefusal(upload.refusal.code)}.what`)
              : say('upload.unfinished.there', { when: figures.ago(upload.createdAt) })}
        </p>
        {goesOn && <p className={styles.facts}>{say('publish.background.goesOn')}</p>}
        {receiving && (
          <Progress
            quiet
            label={say('upload.unfinished.progress', { name })}
            share={share}
            text={figures.percent(share)}
          />
        )}
      </div>
      <div className={styles.deeds}>
        {receiving && !goesOn ? (
          <label className={buttonClass({ look: 'primary', small: true })}>
            <input
              type="file"
              accept="video/*"
              className={styles.file}
              aria-label={say('upload.unfinished.chooseAgainFor', { name })}
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) onFile(file);
              }}
            />
            <span aria-hidden="true">{say('upload.unfinished.chooseAgain')}</span>
          </label>
        ) : (
          !upload.refusal && (
            <Button
              look="primary"
              small
              aria-label={say('upload.unfinished.continueFor', { name: caption || name })}
              onClick={() => void continueUpload(upload)}
            >
              {say('upload.unfinished.continue')}
            </Button>
          )
        )}
        <Button
          look="plain"
          small
          aria-label={say('upload.unfinished.discardFor', { name: caption || name })}
          onClick={onDiscard}
        >
          {say('upload.unfinished.discard')}
        </Button>
      </div>
    </li>
  );
}
