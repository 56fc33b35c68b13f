import { useQuery } from '@tanstack/react-query';
import { GitFork } from 'lucide-react';
import { type Allowed, allowedAtFirst, type NewCredit } from '../../../contract/credits.ts';
import { api, isMissing } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { Link } from '../../shell/link.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Allow } from '../credits/allow.tsx';
import { changeDraft } from './current-upload.ts';
import type { Draft } from './draft.ts';

const closed: Allowed = { duet: false, stitch: false, template: false, download: false };

/** With whose video this one is made, and what others may make with it in turn. */
export function MakingChoices({ draft }: { draft: Draft }) {
  const { say } = useWords();
  const { audience, credit, allowed, template } = draft;
  const own = useQuery({ queryKey: ['making'], queryFn: ({ signal }) => api.getMaking(signal) });
  const first = audience === 'everyone' ? (own.data ?? allowedAtFirst) : closed;
  const now = { ...first, ...allowed };
  return (
    <>
      {credit && <Made credit={credit} />}
      {template && <Notice>{say('makes.template.offered')}</Notice>}
      {audience !== 'me' && (
        <Allow
          boxed
          legend={say('allow.title')}
          allowed={now}
          template={template !== null}
          disabled={own.isPending}
          note={
            audience === 'followers' ? say('allow.followers') : own.isError ? say('allow.failed') : undefined
          }
          onChange={(next) => {
            // Only what was touched is said at this video, or all of it when nobody knows what the account says.
            const said = own.data ? {} : next;
            const touched = Object.entries(next).filter(([deed, on]) => on !== now[deed as keyof Allowed]);
            changeDraft({ allowed: { ...allowed, ...said, ...Object.fromEntries(touched) } });
          }}
        />
      )}
    </>
  );
}

function Made({ credit }: { credit: NewCredit }) {
  const { say } = useWords();
  const { kind, videoId } = credit;
  const origin = useQuery({
    queryKey: ['credited', videoId],
    queryFn: ({ signal }) => api.getVideo(videoId!, signal),
    enabled: videoId !== null,
  });
  if (isMissing(origin.error)) return <Notice kind="wrong">{say('makes.gone')}</Notice>;
  const icon = <GitFork size={20} aria-hidden="true" />;
  if (kind === 'frame' && videoId === null)
    return <Notice icon={icon}>{say('makes.begins', { cells: credit.cells })}</Notice>;
  const video = origin.data;
  if (!video) return null;
  return (
    <Notice icon={icon}>
      <Link href={video.url}>{say(`makes.${kind}`, { handle: `\u2068@${video.author.handle}\u2069` })}</Link>
      <span>{say('makes.text')}</span>
    </Notice>
  );
}
