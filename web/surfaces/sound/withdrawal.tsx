import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SoundDetail } from '../../../contract/sounds.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';

/** The button that takes a sound out of every video, for good, and its question. */
export function Withdrawal({
  sound,
  withdraw,
}: {
  sound: SoundDetail;
  withdraw: () => Promise<SoundDetail>;
}) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const deed = useMutation({
    mutationFn: withdraw,
    onSuccess: (after) => {
      queries.setQueryData(['sound', sound.id], after);
      setAsking(false);
    },
  });
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {say('sounds.withdraw')}
      </Button>
      {asking && (
        <Confirm
          title={say('sounds.withdrawTitle')}
          yes={say('sounds.withdraw')}
          no={say('sounds.keep')}
          danger
          busy={deed.isPending}
          error={deed.isError ? problemSentence(words, deed.error) : null}
          onYes={() => deed.mutate()}
          onNo={() => setAsking(false)}
        >
          <p>{say('sounds.withdrawText', { count: sound.videos })}</p>
        </Confirm>
      )}
    </>
  );
}
