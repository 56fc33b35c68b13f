import type { ReactNode } from 'react';
import { useWords } from '../../intl/words.tsx';
import { type Place, paths } from '../../paths.ts';
import { useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Page } from '../../ui/page.tsx';
import { Missing } from '../not-found/not-found.tsx';
import { SignInFirst } from '../sign-in/sign-in-first.tsx';
import styles from './desk.module.css';

type DeskPlace = Extract<
  Place['name'],
  'desk' | 'deskHealth' | 'deskExperiments' | 'deskLook' | 'deskPacks' | 'deskComments'
>;

/** What every page of the desk has: nobody but operators, and the way to the others. */
export function DeskFrame({
  here,
  title,
  lead,
  action,
  children,
}: {
  here: DeskPlace;
  title: string;
  lead?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { say } = useWords();
  const session = useSession();
  if (!session) return null;
  if (!session.me) return <SignInFirst title={say('desk.title')} text={say('desk.signInFirst')} />;
  // A member who is no operator learns nothing of a desk.
  if (session.me.role !== 'operator')
    return <Missing title={say('notFound.title')} text={say('notFound.text')} />;
  const pages: [DeskPlace, string, string][] = [
    ['desk', paths.desk(), say('desk.overview')],
    ['deskHealth', paths.deskHealth(), say('desk.health.title')],
    ['deskExperiments', paths.deskExperiments(), say('desk.experiments.title')],
    ['deskLook', paths.deskLook(), say('desk.look.title')],
    ['deskComments', paths.deskComments(), say('comments.desk.title')],
    ['deskPacks', paths.deskPacks(), say('packs.title')],
  ];
  return (
    <Page title={title} lead={lead} width="wide" action={action}>
      <nav className={styles.pages} aria-label={say('desk.title')}>
        {pages.map(([name, path, label]) => (
          <Link key={name} href={path} aria-current={name === here ? 'page' : undefined}>
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
