import { useSyncExternalStore } from 'react';
import { useWords } from '../../intl/words.tsx';
import { blind } from '../../studio/seeing/looker.ts';
import { Notice } from '../../ui/notice.tsx';

/** Said where nobody can look at the picture: offline before the networks were ever fetched, or in a browser too old. */
export function Blind() {
  const { say } = useWords();
  const isBlind = useSyncExternalStore(blind.subscribe, blind.get, blind.get);
  return isBlind ? <Notice kind="wrong">{say('studio.blind')}</Notice> : null;
}
