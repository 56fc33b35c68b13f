import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { toast } from '../../ui/toast.tsx';

/** Does what shows at once; when the server refuses, the old value is back already, and the viewer is told. */
export function useChange(): (deed: () => Promise<void>, done?: string) => Promise<void> {
  const words = useWords();
  return async (deed, done) => {
    try {
      await deed();
      if (done) toast(done);
    } catch (error) {
      toast(words.say('yourFeed.notChanged', { problem: problemSentence(words, error) }));
    }
  };
}
