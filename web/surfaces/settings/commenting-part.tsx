import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { WhoMay } from '../comments/who-may.tsx';
import { FromTheStart } from './from-the-start.tsx';

/** Who may comment on this person's videos from the start. */
export function CommentingPart() {
  const { say } = useWords();
  return (
    <FromTheStart
      what="comments"
      name="commenting"
      height="9rem"
      ask={api.getCommenting}
      put={({ commentsFrom }, earlierToo) => api.setCommenting(commentsFrom, earlierToo)}
      earlierText={({ commentsFrom: from }) => say('fromTheStart.earlierText.comments', { from })}
    >
      {({ commentsFrom }, press) => (
        <WhoMay value={commentsFrom} hideLabel onChange={(from) => press({ commentsFrom: from })} />
      )}
    </FromTheStart>
  );
}
