import { Check, CloudOff } from 'lucide-react';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Progress } from '../../ui/progress.tsx';
import type { CurrentUpload } from './current-upload.ts';
import styles from './steps.module.css';

/** How far the upload is, in what is known: bytes sent, then the server's own share of reading and of making. */
export function Steps({ current }: { current: CurrentUpload }) {
  const { say } = useWords();
  const figures = useFigures();
  const now = stepOf(current);
  const text = {
    looking: () => say('upload.step.looking'),
    sending: () =>
      say('upload.step.sending', { sent: figures.bytes(now.sent), total: figures.bytes(now.total) }),
    waiting: () =>
      say('upload.step.waiting', { sent: figures.bytes(now.sent), total: figures.bytes(now.total) }),
    received: () => say('upload.step.received'),
    reading: () => say('upload.step.reading'),
    making: () => say('upload.step.making'),
    ready: () => say('upload.step.ready'),
  }[now.name]();
  return (
    <div className={styles.steps} data-step={now.name}>
      <div className={styles.line}>
        <span className={styles.text}>
          {now.name === 'ready' && <Check size={18} aria-hidden="true" />}
          {now.name === 'waiting' && <CloudOff size={18} aria-hidden="true" />}
          {text}
        </span>
        {now.share !== null && <span className={styles.share}>{figures.percent(now.share)}</span>}
      </div>
      {now.share !== null && (
        <Progress
          label={say('upload.step.label')}
          share={now.share}
          text={`${text} ${figures.percent(now.share)}`}
        />
      )}
      {current.resumed && now.name === 'sending' && (
        <p className={styles.note}>{say('upload.step.resumed')}</p>
      )}
      {(now.name === 'sending' || now.name === 'waiting') && current.kept !== null && (
        <p className={styles.note}>
          {say(current.kept ? 'publish.background.mayClose' : 'publish.background.keepOpen')}
        </p>
      )}
      <span className="visually-hidden" role="status">
        {now.name === 'sending' ? '' : text}
      </span>
    </div>
  );
}

type Step = {
  name: 'looking' | 'sending' | 'waiting' | 'received' | 'reading' | 'making' | 'ready';
  share: number | null;
  sent: number;
  total: number;
};

function stepOf({ transfer, upload }: CurrentUpload): Step {
  if (transfer && transfer.phase !== 'sent') {
    const { sent, total } = transfer;
    // Handed to the network is not yet received: all of it is there when the server says so.
    const share = total > 0 ? Math.min(sent / total, 0.99) : 0;
    return { name: transfer.phase === 'waiting' ? 'waiting' : 'sending', share, sent, total };
  }
  // Another tab sends it.
  if (!transfer && upload?.state === 'receiving') {
    const { bytesReceived: sent, bytesTotal: total } = upload;
    return { name: 'sending', share: Math.min(upload.progress, 0.99), sent, total };
  }
  const rest = { sent: 0, total: 0 };
  if (!transfer && !upload) return { name: 'looking', share: null, ...rest };
  if (upload?.state === 'ready') return { name: 'ready', share: null, ...rest };
  if (upload?.state === 'reading' || upload?.state === 'making')
    return { name: upload.state, share: upload.progress, ...rest };
  return { name: 'received', share: null, ...rest };
}
