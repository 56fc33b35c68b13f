import { Scissors } from 'lucide-react';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { endAt } from './length.rules.ts';
import { make } from './project.ts';

/** Said before anything is made of it: this server takes no longer ones. One press leaves the rest away; so does undo bring it back. */
export function TooLong({ list, mostMs }: { list: EditList; mostMs: number }) {
  const { say } = useWords();
  const figures = useFigures();
  return (
    <Notice
      action={
        <Button
          small
          icon={<Scissors size={18} aria-hidden="true" />}
          onClick={() => {
            const joined = `end-${Date.now()}`;
            for (const order of endAt(list, mostMs)) make(order, joined);
          }}
        >
          {say('studio.tooLong.cut')}
        </Button>
      }
    >
      {say('studio.tooLong', { duration: figures.clock(durationOf(list)), most: figures.span(mostMs) })}
    </Notice>
  );
}
