import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SoundDetail } from '../../../contract/sounds.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './sound.module.css';

const reasons = ['rights', 'rules'] as const;

/** For operators: anybody's sound is taken out of every video, with the reason that people are told. */
export function OperatorWithdrawal({ sound }: { sound: SoundDetail }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [reason, setReason] = useState<(typeof reasons)[number]>('rights');
  const [asking, setAsking] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => api.withdrawSoundForRights(sound.id, reason),
    onSuccess: (after) => {
      queries.setQueryData(['sound', sound.id], after);
      setAsking(false);
    },
  });
  return (
    <Section title={say('sounds.desk.title')}>
      <div className={styles.form}>
        <RadioGroup
          label={say('sounds.desk.reason')}
          value={reason}
          options={reasons.map((value) => ({ value, label: say(`sounds.desk.${value}`) }))}
          onChange={setReason}
        />
        <div className={styles.buttons}>
          <Button look="danger" onClick={() => setAsking(true)}>
            {say('sounds.withdraw')}
          </Button>
        </div>
      </div>
      {asking && (
        <Confirm
          title={say('sounds.withdrawTitle')}
          yes={say('sounds.withdraw')}
          no={say('sounds.keep')}
          danger
          busy={withdraw.isPending}
          error={withdraw.isError ? problemSentence(words, withdraw.error) : null}
          onYes={() => withdraw.mutate()}
          onNo={() => setAsking(false)}
        >
          <p>{say('sounds.withdrawText', { count: sound.videos })}</p>
        </Confirm>
      )}
    </Section>
  );
}
