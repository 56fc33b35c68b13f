import { LogIn } from 'lucide-react';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';

/** Stands in for a page that needs a member; brings back here afterwards. */
export function SignInFirst({ title, text }: { title: string; text: string }) {
  const { say } = useWords();
  const here = location.pathname + location.search;
  return (
    <Page title={title} hideTitle>
      <EmptyState
        icon={<LogIn size={34} aria-hidden="true" />}
        title={title}
        action={
          <>
            <Link href={paths.signIn(here)} className={buttonClass({ look: 'primary' })}>
              {say('auth.signIn.title')}
            </Link>
            <Link href={paths.signUp(here)} className={buttonClass({ look: 'quiet' })}>
              {say('auth.signUp.title')}
            </Link>
          </>
        }
      >
        <p>{text}</p>
      </EmptyState>
    </Page>
  );
}
