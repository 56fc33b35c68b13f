import { CloudOff, CloudUpload } from 'lucide-react';
import { useEffect } from 'react';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { useMe } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Progress } from '../../ui/progress.tsx';
import { toast } from '../../ui/toast.tsx';
import { arrivals, goOnWithAll, type Sending, useSendings } from './background.ts';
import { useCurrentUpload } from './current-upload.ts';
import styles from './uploading-notice.module.css';

/** Anywhere in the app: what is on its way, and what was left over from an earlier visit and goes on by itself. */
export function UploadingNotice({ onUpload, onStage }: { onUpload: boolean; onStage: boolean }) {
  const { say } = useWords();
  const figures = useFigures();
  const me = useMe()?.id;
  const current = useCurrentUpload();
  const sendings = useSendings();
  useEffect(() => {
    if (me) void goOnWithAll(me);
  }, [me]);
  useEffect(
    () =>
      arrivals.subscribe(() => {
        const name = arrivals.get();
        if (name) toast(say('publish.background.arrived', { name }));
      }),
    [say],
  );
  const shown: Sending[] = [...sendings];
  if (current?.uploadId && current.transfer && current.transfer.phase !== 'sent')
    shown.push({ uploadId: current.uploadId, name: current.fileName ?? '', transfer: current.transfer });
  const [first] = shown;
  // There the upload at hand has its own place, and its buttons stand where this would be.
  if (!first || (onUpload && current)) return null;
  const total = shown.reduce((sum, one) => sum + one.transfer.total, 0);
  const sent = shown.reduce((sum, one) => sum + one.transfer.sent, 0);
  const share = total > 0 ? Math.min(sent / total, 0.99) : 0;
  const values = { name: first.name, count: shown.length };
  const waits = shown.every((one) => one.transfer.phase === 'waiting');
  const stopped = shown.some((one) => one.transfer.phase === 'stopped');
  const text = say(
    stopped
      ? 'publish.background.stopped'
      : waits
        ? 'publish.background.waiting'
        : 'publish.background.sending',
    values,
  );
  return (
    <aside
      className={styles.place}
      data-stage={onStage || undefined}
      aria-label={say('publish.background.label')}
    >
      <Link href={paths.upload()} className={styles.notice}>
        {waits || stopped ? (
          <CloudOff size={18} aria-hidden="true" />
        ) : (
          <CloudUpload size={18} aria-hidden="true" />
        )}
        <span className={styles.text}>{text}</span>
        <span className={styles.share}>{figures.percent(share)}</span>
        <span className={styles.bar}>
          <Progress quiet label={text} share={share} text={figures.percent(share)} />
        </span>
      </Link>
      <span className="visually-hidden" role="status">
        {text}
      </span>
    </aside>
  );
}
