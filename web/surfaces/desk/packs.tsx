import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Sticker } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { toast } from '../../ui/toast.tsx';
import styles from './desk.module.css';
import { DeskFrame } from './desk-frame.tsx';
import { PackCard } from './pack-card.tsx';
import { PackForm } from './pack-form.tsx';
import { readMarkets } from './packs.rules.ts';

/** Drawings for the studio, by market and days of the year: made, looked at, scheduled and withdrawn here. */
export function PacksSurface() {
  const { say } = useWords();
  return (
    <DeskFrame here="deskPacks" title={say('packs.title')} lead={say('packs.lead')}>
      <Packs />
    </DeskFrame>
  );
}

function Packs() {
  const words = useWords();
  const { say } = words;
  const [writing, setWriting] = useState(false);
  const list = useQuery({ queryKey: ['packs'], queryFn: api.listPacks });
  const packs = list.data?.packs ?? [];
  if (list.isPending) return <Skeleton width="100%" height="20rem" />;
  if (!list.data)
    return (
      <ErrorState title={say('packs.failed')} onRetry={() => void list.refetch()}>
        <p>{problemSentence(words, list.error)}</p>
      </ErrorState>
    );
  return (
    <>
      <Market key={list.data.market ?? ''} market={list.data.market} />
      {writing ? (
        <Section title={say('packs.new')} lead={say('packs.newLead')}>
          <PackForm onDone={() => setWriting(false)} />
        </Section>
      ) : (
        <div>
          <Button look="primary" onClick={() => setWriting(true)}>
            {say('packs.new')}
          </Button>
        </div>
      )}
      {packs.length === 0 && !writing && (
        <EmptyState icon={<Sticker size={34} aria-hidden="true" />} title={say('packs.none')}>
          <p>{say('packs.noneText')}</p>
        </EmptyState>
      )}
      <ul className={styles.experiments} aria-label={say('packs.title')}>
        {packs.map((pack) => (
          <PackCard key={pack.key} pack={pack} />
        ))}
      </ul>
    </>
  );
}

/** Which market this server is for: without one, the language of each browser is taken for a hint. */
function Market({ market }: { market: string | null }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [typed, setTyped] = useState(market ?? '');
  const [wrong, setWrong] = useState(false);
  const save = useMutation({
    mutationFn: (next: string | null) => api.setPackMarket(next),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['packs'] });
      toast(say('packs.market.saved'));
    },
  });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const read = readMarkets(typed);
        setWrong(read === null || read.length > 1);
        if (read && read.length <= 1 && !save.isPending) save.mutate(read[0] ?? null);
      }}
    >
      {save.error && <Notice kind="wrong">{problemSentence(words, save.error)}</Notice>}
      <TextField
        label={say('packs.market')}
        hint={say('packs.market.hint')}
        error={wrong ? say('packs.markets.wrong') : null}
        dir="ltr"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={2}
        value={typed}
        after={
          <Button small type="submit" busy={save.isPending}>
            {say('packs.save')}
          </Button>
        }
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
