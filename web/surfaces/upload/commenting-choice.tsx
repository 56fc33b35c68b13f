import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { WhoMay } from '../comments/who-may.tsx';
import { changeDraft } from './current-upload.ts';
import type { Draft } from './draft.ts';

/** Who may comment on it: what the account says, until something else is said here. */
export function CommentingChoice({ draft }: { draft: Draft }) {
  const own = useQuery({ queryKey: ['commenting'], queryFn: ({ signal }) => api.getCommenting(signal) });
  return (
    <WhoMay
      value={draft.commentsFrom ?? own.data?.commentsFrom ?? 'everyone'}
      onChange={(commentsFrom) => changeDraft({ commentsFrom })}
    />
  );
}
