import { Download, FileUp } from 'lucide-react';
import { useState } from 'react';
import { type LegacyEncoding, legacyEncodings } from '../../../contract/cue-files.encodings.ts';
import {
  type CueFile,
  type CueFileFault,
  type CueFileRefusal,
  cueFileLimits,
  readCueFile,
  writeSrt,
  writeVtt,
} from '../../../contract/cue-files.ts';
import type { Cue } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import styles from './captions.module.css';

type Brought = {
  bytes: Uint8Array;
  count: number;
  guessed: LegacyEncoding | null;
  refusal: CueFileRefusal | null;
  faults: readonly CueFileFault[];
};
/** The others are of the same kind. */
const faultsShown = 3;

/** Captions from a file and into one. What could not be read is told with its line. */
export function CueFiles({
  cues,
  language,
  name,
  most,
  onRead,
}: {
  cues: readonly Cue[];
  language: string | null;
  /** Of the file that is saved, without its ending. */
  name: string;
  /** How many captions there can be. */
  most: number;
  onRead: (file: CueFile) => void;
}) {
  const { say } = useWords();
  const [brought, setBrought] = useState<Brought | null>(null);
  const take = (bytes: Uint8Array, as: LegacyEncoding | null) => {
    const read = readCueFile(bytes, as);
    const tooMany = read.ok && read.file.cues.length > most;
    setBrought({
      bytes,
      count: read.ok ? read.file.cues.length : 0,
      guessed: as ?? (read.ok ? read.file.guessed : null),
      refusal: read.ok ? (tooMany ? 'too_many' : null) : read.code,
      faults: read.ok ? read.file.faults : read.faults,
    });
    if (read.ok && !tooMany) onRead(read.file);
  };
  const left = brought?.faults ?? [];
  return (
    <div className={styles.files}>
      <div className={styles.row}>
        <label className={`${buttonClass({ small: true })} ${styles.bring}`}>
          <FileUp size={18} aria-hidden="true" />
          <span>{say('captions.file')}</span>
          <input
            type="file"
            accept=".srt,.vtt,.txt,text/vtt,application/x-subrip,text/plain"
            className="visually-hidden"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              // What is far too large is not read to its end to be told so.
              if (file) void bytesOf(file).then((bytes) => take(bytes, null));
            }}
          />
        </label>
        {cues.length > 0 && (
          <>
            <Button
              small
              icon={<Download size={18} aria-hidden="true" />}
              onClick={() => save(`${name}.srt`, writeSrt(cues), 'application/x-subrip')}
            >
              {say('captions.save.srt')}
            </Button>
            <Button
              small
              icon={<Download size={18} aria-hidden="true" />}
              onClick={() => save(`${name}.vtt`, writeVtt(cues, language), 'text/vtt')}
            >
              {say('captions.save.vtt')}
            </Button>
          </>
        )}
      </div>
      {brought && (
        <Notice kind={brought.refusal ? 'wrong' : 'done'}>
          <p>
            {brought.refusal
              ? say(`captions.file.${brought.refusal}`, { most })
              : say('captions.read', { count: brought.count })}
          </p>
          {left.length > 0 && (
            <>
              <p>{say('captions.left', { count: left.length })}</p>
              <ul>
                {left.slice(0, faultsShown).map(({ line, code }) => (
                  <li key={line}>{say(`captions.fault.${code}`, { line })}</li>
                ))}
                {left.length > faultsShown && (
                  <li>{say('captions.faults.more', { count: left.length - faultsShown })}</li>
                )}
              </ul>
            </>
          )}
        </Notice>
      )}
      {brought?.guessed && (
        <Select
          label={say('captions.coding')}
          hint={say('captions.coding.hint')}
          value={brought.guessed}
          options={legacyEncodings.map((value) => ({ value, label: value }))}
          onChange={(event) => take(brought.bytes, event.target.value as LegacyEncoding)}
        />
      )}
    </div>
  );
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, cueFileLimits.bytes + 1).arrayBuffer());
}

function save(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun with it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
