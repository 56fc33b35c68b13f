import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SoundDetail } from '../../../contract/sounds.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Section } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { MarketsField } from './markets-field.tsx';
import styles from './sound.module.css';
import { Withdrawal } from './withdrawal.tsx';

const reasons = ['rights', 'rules'] as const;

/** For operators: where anybody's sound may be used, and taking it out of every video with the reason people are told. */
export function OperatorSound({ sound }: { sound: SoundDetail }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [markets, setMarkets] = useState(sound.markets);
  const [reason, setReason] = useState<(typeof reasons)[number]>('rights');
  const save = useMutation({
    mutationFn: () => api.setSoundMarkets(sound.id, markets),
    onSuccess: (after) => {
      queries.setQueryData(['sound', sound.id], after);
      toast(say('soundMarkets.saved'));
    },
    onError: (error) => toast(problemSentence(words, error)),
  });
  return (
    <Section title={say('sounds.desk.title')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <MarketsField markets={markets} onChange={setMarkets} />
        <div className={styles.buttons}>
          <Button type="submit" busy={save.isPending} disabled={markets?.length === 0}>
            {say('sounds.save')}
          </Button>
        </div>
      </form>
      <div className={styles.form}>
        <RadioGroup
          label={say('sounds.desk.reason')}
          value={reason}
          options={reasons.map((value) => ({ value, label: say(`sounds.desk.${value}`) }))}
          onChange={setReason}
        />
        <div className={styles.buttons}>
          <Withdrawal sound={sound} withdraw={() => api.withdrawSoundForRights(sound.id, reason)} />
        </div>
      </div>
    </Section>
  );
}
