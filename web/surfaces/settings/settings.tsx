import { useState } from 'react';
import { api } from '../../api.ts';
import { auth } from '../../auth.ts';
import { nameOfLanguage, pseudoLanguage } from '../../intl/language.ts';
import { languages, speak, useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { adoptMe, refreshSession, useMe } from '../../session.ts';
import { settings, useSettings } from '../../settings.ts';
import { Link, navigate } from '../../shell/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { RadioGroup, Switch } from '../../ui/choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { AccountPart } from './account.tsx';
import { CommentingPart } from './commenting-part.tsx';
import { LeavePart } from './leave-part.tsx';
import { MakingPart } from './making-part.tsx';
import { ProfilePart } from './profile-part.tsx';
import { SessionsPart } from './sessions.tsx';
import styles from './settings.module.css';

/** What this device does, for everybody; the account with it, for members. */
export function SettingsSurface() {
  const { say } = useWords();
  const me = useMe();
  return (
    <Page title={say('settings.title')}>
      {me && <ProfilePart me={me} />}
      <DevicePart />
      <Section title={say('yourFeed.title')} lead={say('settings.yourFeedText')}>
        <div>
          <Link href={paths.yourFeed()} className={buttonClass({ look: 'quiet' })}>
            {say('settings.toYourFeed')}
          </Link>
        </div>
      </Section>
      {me ? (
        <>
          <CommentingPart />
          <MakingPart />
          <AccountPart me={me} />
          <SessionsPart />
          {me.role === 'operator' && (
            <Section title={say('desk.title')} lead={say('settings.deskText')}>
              <div>
                <Link href={paths.desk()} className={buttonClass({ look: 'quiet' })}>
                  {say('settings.toDesk')}
                </Link>
              </div>
            </Section>
          )}
          <SignOut />
          <LeavePart me={me} />
        </>
      ) : (
        <Section title={say('settings.guestTitle')} lead={say('settings.guestText')}>
          <div className={styles.deeds}>
            <Link href={paths.signIn(paths.settings())} className={buttonClass({ look: 'primary' })}>
              {say('auth.signIn.title')}
            </Link>
            <Link href={paths.signUp(paths.settings())} className={buttonClass({ look: 'quiet' })}>
              {say('auth.signUp.title')}
            </Link>
          </div>
        </Section>
      )}
    </Page>
  );
}

function DevicePart() {
  const words = useWords();
  const { say, language } = words;
  const me = useMe();
  const now = useSettings();
  const [failure, setFailure] = useState<unknown>(null);
  const choose = async (wish: string) => {
    speak(wish);
    if (!me || wish === pseudoLanguage) return;
    setFailure(null);
    try {
      adoptMe(await api.changeProfile({ language: wish }));
    } catch (error) {
      setFailure(error); // This device speaks it all the same; only the account does not know.
    }
  };
  return (
    <Section title={say('settings.device.title')} lead={say('settings.device.lead')}>
      <Select
        label={say('settings.language')}
        value={language}
        options={languages.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
        error={failure ? problemSentence(words, failure) : null}
        onChange={(event) => void choose(event.target.value)}
      />
      <RadioGroup
        label={say('settings.theme.label')}
        row
        value={now.theme}
        options={[
          { value: 'system', label: say('settings.theme.system') },
          { value: 'dark', label: say('settings.theme.dark') },
          { value: 'light', label: say('settings.theme.light') },
        ]}
        onChange={(theme) => settings.set({ theme })}
      />
      <div className={styles.switches}>
        <Switch
          label={say('settings.autoplay')}
          hint={say('settings.autoplayHint')}
          checked={now.autoplay}
          onChange={(autoplay) => settings.set({ autoplay })}
        />
        <Switch
          label={say('settings.captions')}
          hint={say('settings.captionsHint')}
          checked={now.captions}
          onChange={(captions) => settings.set({ captions })}
        />
        <Switch
          label={say('settings.dataSaver')}
          hint={say('settings.dataSaverHint')}
          checked={now.dataSaver}
          onChange={(dataSaver) => settings.set({ dataSaver })}
        />
      </div>
    </Section>
  );
}

function SignOut() {
  const words = useWords();
  const { say } = words;
  const [state, setState] = useState<{ busy: boolean; failure: unknown }>({ busy: false, failure: null });
  const leave = async () => {
    setState({ busy: true, failure: null });
    try {
      await auth.signOut();
      await refreshSession();
      navigate(paths.forYou());
    } catch (failure) {
      setState({ busy: false, failure });
    }
  };
  return (
    <div className={styles.out}>
      {state.failure !== null && <Notice kind="wrong">{problemSentence(words, state.failure)}</Notice>}
      <Button wide busy={state.busy} onClick={() => void leave()}>
        {say('settings.signOut')}
      </Button>
    </div>
  );
}
