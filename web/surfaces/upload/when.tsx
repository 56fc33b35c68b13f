import { CalendarClock, Zap } from 'lucide-react';
import { useWords } from '../../intl/words.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { faultOf, momentOf, rangeAt, spelledOut, suggestedTime, wallClock } from './when.rules.ts';

/** Now, or at a time: on this device's clock, with its zone said. */
export function When({
  publishAt,
  onChange,
}: {
  publishAt: string | null;
  onChange: (publishAt: string | null) => void;
}) {
  const { say } = useWords();
  return (
    <>
      <RadioGroup
        label={say('publish.when.label')}
        value={publishAt === null ? 'now' : 'later'}
        options={[
          {
            value: 'now',
            label: say('publish.when.now'),
            hint: say('publish.when.nowHint'),
            icon: <Zap size={20} aria-hidden="true" />,
          },
          {
            value: 'later',
            label: say('publish.when.later'),
            hint: say('publish.when.laterHint'),
            icon: <CalendarClock size={20} aria-hidden="true" />,
          },
        ]}
        onChange={(value) => onChange(value === 'now' ? null : suggestedTime(Date.now()))}
      />
      {publishAt !== null && <TimeField publishAt={publishAt} onChange={onChange} />}
    </>
  );
}

/** An empty field is '' and publishes nothing; what it means is read out as it changes. */
export function TimeField({
  publishAt,
  onChange,
}: {
  publishAt: string;
  onChange: (publishAt: string) => void;
}) {
  const { say, language } = useWords();
  const fault = faultOf(publishAt, Date.now());
  return (
    <TextField
      type="datetime-local"
      label={say('publish.when.time')}
      value={publishAt === '' ? '' : wallClock(new Date(publishAt))}
      {...rangeAt(Date.now())}
      required
      error={
        fault === 'past'
          ? say('publish.when.past')
          : fault === 'far'
            ? say('publish.when.far')
            : fault
              ? say('publish.when.empty')
              : null
      }
      hint={
        <span role="status">
          {fault ? '' : say('publish.when.goesOut', { when: spelledOut(language, publishAt) })}
        </span>
      }
      onChange={(event) => onChange(momentOf(event.target.value) ?? '')}
    />
  );
}
