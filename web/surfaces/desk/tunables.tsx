import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Tunable } from '../../../contract/desk.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { toast } from '../../ui/toast.tsx';
import styles from './desk.module.css';
import { judgeNumber } from './tunable.rules.ts';
import { TunableHistory } from './tunable-history.tsx';

/** Every number an operator may turn: what it does, where it stands, how far it may go. */
export function Tunables() {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const [open, setOpen] = useState<Tunable | null>(null);
  const [past, setPast] = useState<Tunable | null>(null);
  const [typed, setTyped] = useState('');
  const list = useQuery({ queryKey: ['tunables'], queryFn: api.listTunables });
  const wanted = typed.trim().toLowerCase();
  const found = (list.data?.tunables ?? []).filter(({ name, reason }) =>
    `${name} ${reason}`.toLowerCase().includes(wanted),
  );
  return (
    <Section title={say('desk.tunables.title')} lead={say('desk.tunables.lead')}>
      {list.isPending && <Skeleton width="100%" height="10rem" />}
      {list.isError && (
        <ErrorState title={say('desk.tunables.failed')} onRetry={() => void list.refetch()}>
          <p>{problemSentence(words, list.error)}</p>
        </ErrorState>
      )}
      {list.data && (
        <TextField
          type="search"
          label={say('desk.tunables.search')}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      {list.data && (
        <p role="status" className={found.length > 0 ? 'visually-hidden' : styles.range}>
          {found.length === 0 && say('desk.tunables.nothing')}
        </p>
      )}
      {found.length > 0 && (
        <ul className={styles.tunables}>
          {found.map((tunable) => (
            <li key={tunable.name} className={styles.tunable}>
              <div className={styles.about}>
                <p className={styles.name} lang="en" dir="ltr">
                  {tunable.name}
                </p>
                <p lang="en" dir="ltr">
                  {tunable.reason}
                </p>
                <p className={styles.range}>
                  {say('desk.tunables.range', {
                    min: figures.decimal(tunable.min),
                    max: figures.decimal(tunable.max),
                    standard: figures.decimal(tunable.standard),
                  })}
                  {tunable.changedAt &&
                    ` · ${say('desk.tunables.changed', { when: figures.ago(tunable.changedAt) })}`}
                </p>
              </div>
              <p className={styles.value} data-changed={tunable.value !== tunable.standard || undefined}>
                {figures.decimal(tunable.value)}{' '}
                <span lang="en" dir="ltr">
                  {tunable.unit}
                </span>
              </p>
              <div className={styles.deeds}>
                {tunable.changedAt && (
                  <Button
                    small
                    look="plain"
                    aria-label={say('desk.tunables.historyNamed', { name: tunable.name })}
                    onClick={() => setPast(tunable)}
                  >
                    {say('desk.tunables.history')}
                  </Button>
                )}
                <Button
                  small
                  aria-label={say('desk.tunables.changeNamed', { name: tunable.name })}
                  onClick={() => setOpen(tunable)}
                >
                  {say('desk.tunables.change')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {past && <TunableHistory tunable={past} onClose={() => setPast(null)} />}
      {open && <Turn tunable={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function Turn({ tunable, onClose }: { tunable: Tunable; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const form = useId();
  const queries = useQueryClient();
  const [text, setText] = useState(String(tunable.value));
  const [tried, setTried] = useState(false);
  const judged = judgeNumber(text, tunable);
  const range = { min: figures.decimal(tunable.min), max: figures.decimal(tunable.max) };
  const save = useMutation({
    mutationFn: (value: number) => api.setTunable(tunable.name, value),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['tunables'] });
      await queries.invalidateQueries({ queryKey: ['tunable-changes', tunable.name] });
      onClose();
      toast(say('desk.tunables.saved'));
    },
  });
  return (
    <Dialog
      title={tunable.name}
      onClose={onClose}
      keepOpen={save.isPending}
      actions={
        <>
          <Button onClick={() => setText(String(tunable.standard))}>{say('desk.tunables.standard')}</Button>
          <Button type="submit" form={form} look="primary" busy={save.isPending}>
            {say('ui.save')}
          </Button>
        </>
      }
    >
      <p lang="en" dir="ltr">
        {tunable.reason}
      </p>
      {save.error && <Notice kind="wrong">{problemSentence(words, save.error)}</Notice>}
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (judged.value !== null && !save.isPending) save.mutate(judged.value);
        }}
      >
        <TextField
          label={say('desk.tunables.value', { unit: tunable.unit })}
          hint={say('desk.tunables.range', { ...range, standard: figures.decimal(tunable.standard) })}
          inputMode="decimal"
          dir="ltr"
          autoComplete="off"
          value={text}
          error={tried && judged.fault ? say(`desk.tunables.${judged.fault}`, range) : null}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
