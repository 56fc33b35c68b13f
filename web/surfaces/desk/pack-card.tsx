import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeskPack } from '../../../contract/packs.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import styles from './desk.module.css';
import { PackForm } from './pack-form.tsx';
import { PackStickers } from './pack-stickers.tsx';
import { nameIn } from './packs.rules.ts';

type Step = 'publish' | 'withdraw' | 'discard';

/** One pack: where it stands, when it is there, and its drawings as the studio shows them. */
export function PackCard({ pack }: { pack: DeskPack }) {
  const { say, language } = useWords();
  const [open, setOpen] = useState<'form' | 'stickers' | 'deeds' | null>(null);
  const name = nameIn(pack.names, language);
  return (
    <li className={styles.experiment}>
      <h2 className={styles.question}>{name}</h2>
      <p className={styles.range}>
        <span className={styles.state} data-state={pack.state === 'published' ? 'running' : pack.state}>
          {say(pack.isToday ? 'packs.state.today' : `packs.state.${pack.state}`)}
        </span>{' '}
        · <bdi dir="ltr">{pack.key}</bdi> · <When pack={pack} /> · <Where markets={pack.markets} />
      </p>
      {open !== 'stickers' && pack.stickers.length > 0 && (
        <ul className={styles.drawings} aria-label={say('packs.stickersOf', { name })}>
          {pack.stickers.map((sticker) => (
            <li key={sticker.key}>
              <img
                src={`/packs/${sticker.key}.svg`}
                width={64}
                height={64}
                loading="lazy"
                alt={nameIn(sticker.names, language)}
              />
            </li>
          ))}
        </ul>
      )}
      {open === 'form' && <PackForm pack={pack} onDone={() => setOpen(null)} />}
      {open === 'stickers' && <PackStickers pack={pack} onDone={() => setOpen(null)} />}
      {open === 'deeds' && <Deeds pack={pack} name={name} onClose={() => setOpen(null)} />}
      {open !== 'form' && open !== 'stickers' && (
        <div className={styles.steps}>
          <Button small onClick={() => setOpen('form')}>
            {say('packs.edit', { name })}
          </Button>
          <Button small onClick={() => setOpen('stickers')}>
            {say('packs.stickers')}
          </Button>
          <Steps pack={pack} name={name} />
          <Button small look="plain" onClick={() => setOpen('deeds')}>
            {say('packs.deeds')}
          </Button>
        </div>
      )}
    </li>
  );
}

/** At noon, so that no time zone makes it another day. */
const noon = (day: string) => `${day}T12:00`;

function When({ pack: { season, next, isToday } }: { pack: DeskPack }) {
  const { say } = useWords();
  const figures = useFigures();
  if (season.kind === 'always') return say('packs.season.always');
  if (!next) return say('packs.over');
  const [from, to] = [figures.day(noon(next.from)), figures.day(noon(next.to))];
  return say(isToday ? 'packs.until' : 'packs.nextTime', { from, to });
}

function Where({ markets }: { markets: readonly string[] }) {
  const { say, language } = useWords();
  if (markets.length === 0) return say('packs.everywhere');
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' });
  const list = new Intl.ListFormat([language], { type: 'conjunction' });
  return list.format(markets.map((market) => names.of(market) ?? market));
}

function Steps({ pack, name }: { pack: DeskPack; name: string }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Step | null>(null);
  const take = useMutation({
    mutationFn: async (step: Step): Promise<Step> => {
      if (step === 'publish') await api.publishPack(pack.key);
      else if (step === 'withdraw') await api.withdrawPack(pack.key);
      else await api.discardPack(pack.key);
      return step;
    },
    onSuccess: async (step) => {
      setAsking(null);
      await queries.invalidateQueries({ queryKey: ['packs'] });
      toast(say(`packs.${step}.done`, { name }));
    },
  });
  const steps: Step[] =
    pack.state === 'published'
      ? ['withdraw']
      : pack.state === 'draft'
        ? [...(pack.stickers.length > 0 ? (['publish'] as const) : []), 'discard']
        : ['publish'];
  return (
    <>
      {steps.map((step) => (
        <Button
          key={step}
          small
          look={step === 'publish' ? 'primary' : 'quiet'}
          onClick={() => setAsking(step)}
        >
          {say(`packs.${step}`)}
        </Button>
      ))}
      {asking && (
        <Confirm
          title={say(`packs.${asking}.title`, { name })}
          yes={say(`packs.${asking}`)}
          no={say('packs.cancel')}
          danger={asking !== 'publish'}
          busy={take.isPending}
          error={take.error ? problemSentence(words, take.error) : null}
          onYes={() => take.mutate(asking)}
          onNo={() => {
            take.reset();
            setAsking(null);
          }}
        >
          <p>{say(`packs.${asking}.text`)}</p>
        </Confirm>
      )}
    </>
  );
}

/** Who did what with it, the newest first. */
function Deeds({ pack, name, onClose }: { pack: DeskPack; name: string; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const past = useQuery({
    queryKey: ['pack-deeds', pack.key],
    queryFn: () => api.packDeeds(pack.key),
    staleTime: 0,
  });
  return (
    <Dialog title={say('packs.deedsOf', { name })} onClose={onClose}>
      {past.isPending && <Skeleton width="100%" height="5rem" />}
      {past.isError && <Notice kind="wrong">{problemSentence(words, past.error)}</Notice>}
      {past.data && (
        <ol className={styles.history}>
          {past.data.deeds.map((deed) => (
            <li key={`${deed.at}${deed.what}${deed.sticker}`}>
              <span>{say(`packs.deed.${deed.what}`, { sticker: deed.sticker ?? '' })}</span>
              <span className={styles.range}>
                {say('desk.tunables.changedBy', {
                  who: deed.by ? `@${deed.by}` : say('packs.program'),
                  when: figures.moment(deed.at),
                })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
