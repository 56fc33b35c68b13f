import { useQueryClient } from '@tanstack/react-query';
import { Globe, Lock, TriangleAlert, Users } from 'lucide-react';
import { useRef, useState } from 'react';
import { topics } from '../../../contract/topics.ts';
import { ApiProblem } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useInstance } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Chips, RadioGroup, Switch } from '../../ui/choice.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFocusKeptInView } from '../../ui/focus-kept-in-view.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { CaptionEditor } from './caption-editor.tsx';
import { CaptionLanguage } from './caption-language.tsx';
import { CaptionsPart } from './captions-part.tsx';
import { Checks } from './checks.tsx';
import { CommentingChoice } from './commenting-choice.tsx';
import styles from './compose.module.css';
import { Cover, CoverToCome } from './cover.tsx';
import {
  type CurrentUpload,
  changeDraft,
  discardCurrent,
  leaveCurrent,
  publish,
  sendAgain,
  takeBackWish,
} from './current-upload.ts';
import { MakingChoices } from './making-choices.tsx';
import { asUploadRefusal, fileIsTheReason } from './refusal.rules.ts';
import { type SoundAtHand, useSoundAtHand } from './sound-at-hand.ts';
import { KnownSound, SoundPart } from './sound-part.tsx';
import { Steps } from './steps.tsx';
import { SuggestedTopics } from './suggested-topics.tsx';
import { ToStudio } from './to-studio.tsx';
import { faultOf } from './when.rules.ts';
import { When } from './when.tsx';

const topicsAtMost = 5;

/** The video on one side, its words and choices on the other, while the bytes travel. */
export function Compose({ current }: { current: CurrentUpload }) {
  const { say } = useWords();
  const [leaving, setLeaving] = useState(false);
  const most = useInstance()?.limits.captionLength ?? 2200;
  const { draft, problem, publishing } = current;
  const refused = problem !== null && fileIsTheReason(problem);
  const tooLong = draft.caption.length > most;
  const later = draft.publishAt !== null;
  const sound = useSoundAtHand(current);
  const desk = useRef<HTMLDivElement>(null);
  const press = useRef<HTMLButtonElement>(null);
  const wished = publishing === 'wished';
  useFocusKeptInView(desk);
  return (
    <Page title={say('upload.compose.title')} width="wide">
      <form
        className={styles.room}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // A time that has passed meanwhile is said at the field.
          const wrongTime = later && faultOf(draft.publishAt, Date.now()) !== null;
          if (wrongTime) changeDraft({});
          // A button that cannot be pressed says nothing; the field says why.
          else if (tooLong) desk.current?.querySelector('textarea')?.focus();
          else void publish();
        }}
      >
        <div className={styles.stage}>{!refused && <Preview current={current} />}</div>
        <div ref={desk} className={styles.desk}>
          {problem ? (
            <Refused code={problem} onRetry={current.transfer?.phase === 'stopped' ? sendAgain : undefined} />
          ) : (
            <Steps current={current} />
          )}
          {!refused && (
            <>
              <KnownSound current={current} at={sound} />
              <CaptionEditor
                value={draft.caption}
                most={most}
                autoFocus
                onChange={(caption) => changeDraft({ caption })}
              />
              {!current.draftKept && <Notice kind="wrong">{say('upload.draft.notKept')}</Notice>}
              <CaptionsPart current={current} />
              {current.upload?.storyboard ? (
                <Cover upload={current.upload} previewUrl={current.previewUrl} />
              ) : (
                current.upload?.state !== 'ready' && <CoverToCome />
              )}
              <SuggestedTopics
                caption={draft.caption}
                language={draft.language}
                chosen={draft.topics}
                most={topicsAtMost}
                onAdd={(topic) => changeDraft({ topics: [...draft.topics, topic] })}
              />
              <Chips
                label={say('upload.topics.label')}
                hint={say('upload.topics.hint', { most: topicsAtMost })}
                most={topicsAtMost}
                chosen={draft.topics}
                options={topics.map((topic) => ({ value: topic, label: say(`topic.${topic}`) }))}
                onChange={(chosen) => changeDraft({ topics: chosen })}
              />
              <Choices current={current} at={sound} />
              <When publishAt={draft.publishAt} onChange={(publishAt) => changeDraft({ publishAt })} />
              <SoundPart current={current} at={sound} />
              <Checks current={current} captionMost={most} at={sound} />
            </>
          )}
          <div className={styles.deeds} data-wished={wished || undefined}>
            <span className="visually-hidden" role="status">
              {wished ? say(later ? 'upload.publish.wishedLater' : 'upload.publish.wished') : ''}
            </span>
            {problem === 'too_long' && <ToStudio />}
            {wished ? (
              <Button
                key="wished"
                onClick={() => {
                  takeBackWish();
                  press.current?.focus();
                }}
              >
                {say('upload.publish.takeBack')}
              </Button>
            ) : (
              <Button
                look={refused && problem !== 'too_long' ? 'primary' : 'plain'}
                onClick={() => (refused ? void leave() : setLeaving(true))}
              >
                {refused ? say('upload.chooseAnother') : say('upload.discard.start')}
              </Button>
            )}
            {!refused && (
              <Button ref={press} type="submit" look="primary" busy={wished || publishing === 'sending'}>
                {wished
                  ? say(later ? 'upload.publish.wishedLater' : 'upload.publish.wished')
                  : publishing === 'sending'
                    ? say('upload.publish.sending')
                    : say(later ? 'publish.when.button' : 'upload.publish.button')}
              </Button>
            )}
          </div>
        </div>
      </form>
      {leaving && <Discard onLeave={() => setLeaving(false)} />}
    </Page>
  );

  /** A file that was refused is of no use to anybody: it goes from the server too, if it was there. */
  async function leave() {
    try {
      await discardCurrent();
    } catch {
      leaveCurrent(); // It stays in the list of unfinished uploads, with its own button.
    }
  }
}

function Preview({ current }: { current: CurrentUpload }) {
  const { say } = useWords();
  const [playable, setPlayable] = useState(true);
  const facts = current.upload?.facts;
  if (current.previewUrl && playable)
    return (
      <>
        <div className={styles.frame}>
          {/* The blurred edge of a picture that does not fill the frame. */}
          <video
            className={styles.blur}
            src={current.previewUrl}
            muted
            playsInline
            aria-hidden="true"
            tabIndex={-1}
          />
          <video
            className={styles.video}
            src={current.previewUrl}
            muted
            loop
            playsInline
            controls
            aria-label={say('upload.preview')}
            onError={() => setPlayable(false)}
          />
        </div>
        <Facts current={current} />
      </>
    );
  return (
    <>
      <div className={styles.frame}>
        {current.upload?.posterUrl ? (
          <img className={styles.video} src={current.upload.posterUrl} alt={say('upload.preview')} />
        ) : (
          <p className={styles.later}>{facts ? say('upload.previewSoon') : say('upload.previewLater')}</p>
        )}
      </div>
      <Facts current={current} />
    </>
  );
}

function Facts({ current }: { current: CurrentUpload }) {
  const { say } = useWords();
  const figures = useFigures();
  const facts = current.upload?.facts;
  return (
    <p className={styles.facts}>
      <bdi className={styles.fileName}>{current.fileName}</bdi>
      {facts && (
        <span>
          {say('upload.facts', {
            duration: figures.clock(facts.durationMs),
            width: figures.whole(facts.width).replace(/\D/g, ''),
            height: figures.whole(facts.height).replace(/\D/g, ''),
            sound: facts.hasSound,
          })}
        </span>
      )}
    </p>
  );
}

function Choices({ current: { draft, upload }, at: { known } }: { current: CurrentUpload; at: SoundAtHand }) {
  const { say } = useWords();
  // A sound of the library has its name already, and one that is recognised too.
  const named = !draft.soundId && !draft.replaceSound && known?.outcome !== 'linked';
  return (
    <>
      <RadioGroup
        label={say('video.audience.label')}
        value={draft.audience}
        options={[
          {
            value: 'everyone',
            label: say('video.audience.everyone'),
            hint: say('video.audience.everyoneHint'),
            icon: <Globe size={20} aria-hidden="true" />,
          },
          {
            value: 'followers',
            label: say('video.audience.followers'),
            hint: say('video.audience.followersHint'),
            icon: <Users size={20} aria-hidden="true" />,
          },
          {
            value: 'me',
            label: say('video.audience.me'),
            hint: say('video.audience.meHint'),
            icon: <Lock size={20} aria-hidden="true" />,
          },
        ]}
        onChange={(audience) => changeDraft({ audience })}
      />
      <CommentingChoice draft={draft} />
      <MakingChoices draft={draft} />
      <div className={styles.switches}>
        <Switch
          label={say('video.advertising')}
          hint={say('video.advertisingHint')}
          checked={draft.advertising}
          onChange={(advertising) => changeDraft({ advertising })}
        />
        <Switch
          label={say('video.aiMade')}
          hint={say('video.aiMadeHint')}
          checked={draft.aiMade}
          onChange={(aiMade) => changeDraft({ aiMade })}
        />
      </div>
      <CaptionLanguage language={draft.language} onChange={(language) => changeDraft({ language })} />
      {upload?.facts?.hasSound !== false && named && (
        <TextField
          label={say('upload.sound.label')}
          hint={say('upload.sound.hint')}
          maxLength={100}
          value={draft.soundTitle}
          autoComplete="off"
          onChange={(event) => changeDraft({ soundTitle: event.target.value })}
        />
      )}
    </>
  );
}

/** A refusal in the creator's words: what happened, what is kept, what to do. */
export function Refused({ code, onRetry }: { code: string; onRetry?: () => void }) {
  const { say } = useWords();
  const figures = useFigures();
  const limits = useInstance()?.limits;
  const known = asUploadRefusal(code);
  const values = {
    duration: limits ? figures.span(limits.durationMs) : '',
    size: limits ? figures.bytes(limits.uploadBytes) : '',
  };
  return (
    <Notice
      kind="wrong"
      icon={<TriangleAlert size={20} aria-hidden="true" />}
      action={
        onRetry &&
        !fileIsTheReason(code) && (
          <Button small onClick={onRetry}>
            {say('ui.tryAgain')}
          </Button>
        )
      }
    >
      <strong>{say(`upload.refusal.${known}.what`, values)}</strong>
      <span>{say(`upload.refusal.${known}.do`, values)}</span>
      {known === 'not_signed_in' && (
        <Link className={buttonClass({ look: 'primary', small: true })} href={paths.signIn(paths.upload())}>
          {say('auth.signIn.title')}
        </Link>
      )}
    </Notice>
  );
}

function Discard({ onLeave }: { onLeave: () => void }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error: string | null }>({ busy: false, error: null });
  return (
    <Confirm
      title={say('upload.discard.title')}
      yes={say('upload.discard.yes')}
      no={say('upload.discard.no')}
      danger
      busy={state.busy}
      error={state.error}
      onNo={onLeave}
      onYes={async () => {
        setState({ busy: true, error: null });
        try {
          await discardCurrent();
          await queries.invalidateQueries({ queryKey: ['uploads'] });
        } catch (error) {
          if (error instanceof ApiProblem && error.code === 'not_found') leaveCurrent();
          else setState({ busy: false, error: problemSentence(words, error) });
        }
      }}
    >
      <p>{say('upload.discard.text')}</p>
    </Confirm>
  );
}
