import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Me, ProfileChange } from '../../../contract/accounts.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { adoptMe } from '../../session.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { AuthForm } from '../sign-in/auth-form.tsx';
import { HandleField, useAvailability } from '../sign-in/handle-field.tsx';
import styles from './settings.module.css';

const bioLength = 300;
const pictureBytes = 8 * 1000 * 1000;

/** How others see this person: picture, name, handle, a few words. */
export function ProfilePart({ me }: { me: Me }) {
  const { say } = useWords();
  const queries = useQueryClient();
  const [displayName, setDisplayName] = useState(me.displayName);
  const [handle, setHandle] = useState(me.handle);
  const [bio, setBio] = useState(me.bio);
  const availability = useAvailability(handle, me.handle);
  const refused = availability === 'handle_taken' || availability === 'handle_invalid';
  const change: ProfileChange = {
    ...(displayName.trim() !== me.displayName && { displayName: displayName.trim() }),
    ...(handle !== me.handle && { handle }),
    ...(bio !== me.bio && { bio }),
  };
  return (
    <Section title={say('settings.profile.title')}>
      <Picture me={me} />
      <AuthForm
        button={say('ui.save')}
        busyLabel={say('ui.saving')}
        ready={!refused && bio.length <= bioLength}
        onSubmit={async () => {
          if (Object.keys(change).length > 0) adoptMe(await api.changeProfile(change));
          void queries.invalidateQueries({ queryKey: ['profile'] });
          toast(say('settings.saved'));
        }}
      >
        <TextField
          label={say('auth.name.label')}
          required
          maxLength={50}
          dir="auto"
          autoComplete="name"
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
        />
        <HandleField value={handle} availability={availability} onChange={setHandle} />
        <TextArea
          label={say('settings.bio.label')}
          hint={say('settings.bio.hint')}
          dir="auto"
          value={bio}
          counter={{
            text: `${bio.length} / ${bioLength}`,
            over: bio.length > bioLength,
            spoken: say('upload.caption.left', { left: Math.max(0, bioLength - bio.length) }),
          }}
          onChange={(event) => setBio(event.target.value)}
        />
      </AuthForm>
    </Section>
  );
}

function Picture({ me }: { me: Me }) {
  const words = useWords();
  const { say } = words;
  const [chosen, setChosen] = useState<{ file: File; url: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem) summary.current?.focus();
  }, [problem]);
  useEffect(() => () => void (chosen && URL.revokeObjectURL(chosen.url)), [chosen]);
  const act = async (deed: () => Promise<Me>, done: string) => {
    setBusy(true);
    setProblem(null);
    try {
      adoptMe(await deed());
      setChosen(null);
      toast(done);
    } catch (error) {
      setProblem(problemSentence(words, error));
    } finally {
      setBusy(false);
    }
  };
  const choose = (file: File | undefined) => {
    if (!file) return;
    setProblem(file.size > pictureBytes ? say('settings.picture.tooLarge') : null);
    if (file.size <= pictureBytes) setChosen({ file, url: URL.createObjectURL(file) });
  };
  return (
    <div className={styles.picture}>
      <Avatar name={me.displayName} url={chosen?.url ?? me.avatarUrl} size={88} />
      <div className={styles.deeds}>
        {chosen ? (
          <>
            <Button
              look="primary"
              busy={busy}
              onClick={() => void act(() => api.setAvatar(chosen.file), say('settings.picture.saved'))}
            >
              {say('settings.picture.use')}
            </Button>
            <Button disabled={busy} onClick={() => setChosen(null)}>
              {say('ui.cancel')}
            </Button>
          </>
        ) : (
          <>
            <label className={buttonClass({ look: 'quiet' })}>
              <input
                type="file"
                accept="image/jpeg,image/png,image/webp,image/avif"
                className={styles.file}
                onChange={(event) => {
                  choose(event.target.files?.[0]);
                  event.target.value = '';
                }}
              />
              <span>{me.avatarUrl ? say('settings.picture.change') : say('settings.picture.choose')}</span>
            </label>
            {me.avatarUrl && (
              <Button
                look="plain"
                busy={busy}
                onClick={() => void act(api.removeAvatar, say('settings.picture.removed'))}
              >
                {say('settings.picture.remove')}
              </Button>
            )}
          </>
        )}
      </div>
      {problem && (
        <Notice kind="wrong" ref={summary}>
          {problem}
        </Notice>
      )}
    </div>
  );
}
