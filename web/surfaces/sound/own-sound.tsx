import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type SoundChange, type SoundDetail, soundMoods } from '../../../contract/sounds.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Section } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.tsx';
import { licences } from './licences.ts';
import { MarketsField } from './markets-field.tsx';
import styles from './sound.module.css';
import { Withdrawal } from './withdrawal.tsx';

/** What its owner says of a sound: name, mood, what others may do with it and where; and taking it back. */
export function OwnSound({ sound }: { sound: SoundDetail }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [title, setTitle] = useState(sound.title ?? '');
  const [mood, setMood] = useState<string>(sound.mood ?? '');
  const [licence, setLicence] = useState<string>(sound.licence);
  const [markets, setMarkets] = useState(sound.markets);
  const save = useMutation({
    mutationFn: () =>
      api.changeSound(sound.id, {
        ...({ title, mood: mood || null, licence } as SoundChange),
        ...(!sound.marketsByDesk && { markets }),
      }),
    onSuccess: (after) => {
      queries.setQueryData(['sound', sound.id], after);
      toast(say('sounds.saved'));
    },
    onError: (error) => toast(problemSentence(words, error)),
  });
  return (
    <Section title={say('sounds.yours')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextField
          label={say('sounds.name')}
          value={title}
          maxLength={100}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Select
          label={say('sounds.mood')}
          value={mood}
          onChange={(event) => setMood(event.target.value)}
          options={[
            { value: '', label: say('sounds.noMood') },
            ...soundMoods.map((one) => ({ value: one, label: say(`sounds.mood.${one}`) })),
          ]}
        />
        <Select
          label={say('sounds.licence')}
          value={licence}
          onChange={(event) => setLicence(event.target.value)}
          options={licences.map(({ value, word }) => ({ value, label: say(`sounds.licence.${word}`) }))}
        />
        {sound.marketsByDesk ? (
          <p>{say('soundMarkets.byDesk')}</p>
        ) : (
          <MarketsField markets={markets} onChange={setMarkets} />
        )}
        <div className={styles.buttons}>
          <Button type="submit" look="primary" busy={save.isPending} disabled={markets?.length === 0}>
            {say('sounds.save')}
          </Button>
          <Withdrawal sound={sound} withdraw={() => api.withdrawSound(sound.id)} />
        </div>
      </form>
    </Section>
  );
}
