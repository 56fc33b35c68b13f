import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { Allow } from '../credits/allow.tsx';
import { FromTheStart } from './from-the-start.tsx';

/** What others may make with this person's videos from the start. */
export function MakingPart() {
  const { say } = useWords();
  return (
    <FromTheStart
      what="allow"
      name="making"
      height="14rem"
      ask={api.getMaking}
      put={api.setMaking}
      earlierText={() => say('fromTheStart.earlierText.allow')}
    >
      {(allowed, press) => <Allow allowed={allowed} template onChange={press} />}
    </FromTheStart>
  );
}
