import { Hash } from 'lucide-react';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { VideoGrid } from '../grid/video-grid.tsx';

/** Public videos with one hashtag, newest first. */
export function TagSurface({ tag }: { tag: string }) {
  const { say } = useWords();
  return (
    <Page title={`#${tag}`} lead={say('tag.lead')} width="wide">
      <VideoGrid
        name={['tag', tag]}
        label={say('tag.videos', { tag })}
        load={(page, signal) => api.tagVideos(tag, page, signal)}
        empty={
          <EmptyState
            icon={<Hash size={34} aria-hidden="true" />}
            title={say('tag.empty.title', { tag })}
            action={
              <Link href={paths.upload()} className={buttonClass({ look: 'primary' })}>
                {say('tag.empty.action')}
              </Link>
            }
          >
            <p>{say('tag.empty.text', { tag })}</p>
          </EmptyState>
        }
      />
    </Page>
  );
}
