import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Topic } from '../../../contract/topics.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './suggested-topics.module.css';

/** Somebody who writes is not asked after each letter. */
const pauseMs = 700;

/** Topics the words speak of: offered, never chosen for the author. */
export function SuggestedTopics({
  caption,
  language,
  chosen,
  most,
  onAdd,
}: {
  caption: string;
  language: string | null;
  chosen: readonly Topic[];
  most: number;
  onAdd: (topic: Topic) => void;
}) {
  const { say } = useWords();
  const [settled, setSettled] = useState(caption);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(caption), pauseMs);
    return () => clearTimeout(timer);
  }, [caption]);
  const { data } = useQuery({
    queryKey: ['suggested-topics', settled, language],
    queryFn: ({ signal }) => api.suggestTopics({ caption: settled, language }, signal),
    enabled: settled.trim().length >= 3,
    // What was offered stays until there is something else to offer.
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const offered = (data?.topics ?? []).filter((topic) => !chosen.includes(topic));
  if (offered.length === 0 || chosen.length >= most) return null;
  return (
    <fieldset className={styles.suggested}>
      <legend className="visually-hidden">{say('publish.topics.suggested')}</legend>
      <span aria-hidden="true">{say('publish.topics.suggested')}</span>
      {offered.map((topic) => (
        <Button
          key={topic}
          small
          icon={<Plus size={16} aria-hidden="true" />}
          aria-label={say('publish.topics.add', { topic: say(`topic.${topic}`) })}
          onClick={() => onAdd(topic)}
        >
          {say(`topic.${topic}`)}
        </Button>
      ))}
    </fieldset>
  );
}
