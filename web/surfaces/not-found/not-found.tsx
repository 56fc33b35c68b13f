import { SearchX } from 'lucide-react';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';

/** An address that names nothing. */
export function NotFoundSurface() {
  const { say } = useWords();
  return <Missing title={say('notFound.title')} text={say('notFound.text')} />;
}

/** A thing that is not there, or not for this viewer: which of the two, nobody is told. */
export function Missing({ title, text }: { title: string; text: string }) {
  const { say } = useWords();
  return (
    <Page title={title} hideTitle>
      <EmptyState
        icon={<SearchX size={34} aria-hidden="true" />}
        title={title}
        action={
          <Link href={paths.forYou()} className={buttonClass({ look: 'primary' })}>
            {say('notFound.home')}
          </Link>
        }
      >
        <p>{text}</p>
      </EmptyState>
    </Page>
  );
}
