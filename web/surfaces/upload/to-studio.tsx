import { useQueryClient } from '@tanstack/react-query';
import { Scissors } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { navigate } from '../../shell/link.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { discardCurrent, fileAtHand, leaveCurrent } from './current-upload.ts';

/** A file that is too long goes into a draft of the studio, where it is made shorter. */
export function ToStudio() {
  const { say } = useWords();
  const queries = useQueryClient();
  const [state, setState] = useState<'idle' | 'bringing' | 'unreadable' | 'not_kept' | 'too_long'>('idle');
  const file = fileAtHand();
  if (!file) return null;
  const bring = async () => {
    setState('bringing');
    try {
      const result = await (await import('../studio/project.ts')).bring(file);
      if (result !== 'added') return setState(result === 'too_short' ? 'unreadable' : result);
    } catch {
      return setState('not_kept');
    }
    await discardCurrent().catch(leaveCurrent);
    queries.removeQueries({ queryKey: ['uploads'] });
    navigate(paths.studio());
  };
  return (
    <>
      {state !== 'idle' && state !== 'bringing' && (
        <Notice kind="wrong">
          {say(
            state === 'unreadable'
              ? 'studio.file.unreadable'
              : state === 'too_long'
                ? 'studio.file.tooLong'
                : 'studio.disk.full',
          )}
        </Notice>
      )}
      <Button
        look="primary"
        busy={state === 'bringing'}
        icon={<Scissors size={20} aria-hidden="true" />}
        onClick={() => void bring()}
      >
        {say('upload.shorten')}
      </Button>
    </>
  );
}
