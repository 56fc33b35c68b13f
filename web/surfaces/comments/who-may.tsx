import { Ban, MessageCircle, Users } from 'lucide-react';
import type { CommentsFrom } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import { RadioGroup } from '../../ui/choice.tsx';

const choices = [
  { value: 'everyone', Icon: MessageCircle },
  { value: 'followers', Icon: Users },
  { value: 'nobody', Icon: Ban },
] as const;

/** Who may comment: on one video, or on the new ones of an account. */
export function WhoMay({
  value,
  row,
  hideLabel,
  onChange,
}: {
  value: CommentsFrom;
  /** Where there is no room for a line about each. */
  row?: boolean;
  hideLabel?: boolean;
  onChange: (from: CommentsFrom) => void;
}) {
  const { say } = useWords();
  return (
    <RadioGroup
      label={say('comments.from.label')}
      row={row}
      hideLabel={hideLabel}
      value={value}
      options={choices.map(({ value: from, Icon }) => ({
        value: from,
        label: say(`comments.from.${from}`),
        ...(!row && { icon: <Icon size={20} aria-hidden="true" /> }),
      }))}
      onChange={onChange}
    />
  );
}
