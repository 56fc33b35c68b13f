import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeskPack, PackFacts } from '../../../contract/packs.ts';
import { api } from '../../api.ts';
import { nameOfLanguage } from '../../intl/language.ts';
import { languages, useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.tsx';
import styles from './desk.module.css';
import { type PackFault, readPack, type TypedPack, typedOf } from './packs.rules.ts';

const plainText = { dir: 'ltr', autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const;

/** What is known of a pack: its names, markets and season. A new one is a draft that nobody else sees. */
export function PackForm({ pack = null, onDone }: { pack?: DeskPack | null; onDone: () => void }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [typed, setTyped] = useState<TypedPack>(() => typedOf(pack));
  const [tried, setTried] = useState(false);
  const { facts, faults } = readPack(typed);
  const fault = (name: PackFault) => (tried && faults.has(name) ? say(`packs.fault.${name}`) : null);
  const set = (part: Partial<TypedPack>) => setTyped((now) => ({ ...now, ...part }));
  const save = useMutation({
    mutationFn: (body: PackFacts) => api.putPack(typed.key.trim(), body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['packs'] });
      onDone();
      toast(say('packs.saved'));
    },
  });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (facts && !save.isPending) save.mutate(facts);
      }}
    >
      {save.error && <Notice kind="wrong">{problemSentence(words, save.error)}</Notice>}
      {!pack && (
        <TextField
          {...plainText}
          label={say('packs.key')}
          hint={say('packs.key.hint')}
          maxLength={20}
          value={typed.key}
          error={fault('key')}
          onChange={(event) => set({ key: event.target.value })}
        />
      )}
      <div className={styles.pair}>
        {languages.map((language, at) => (
          <TextField
            key={language}
            label={say('packs.nameIn', { language: nameOfLanguage(language) })}
            maxLength={40}
            value={typed.names[language] ?? ''}
            error={at === 0 ? fault('names') : null}
            onChange={(event) => set({ names: { ...typed.names, [language]: event.target.value } })}
          />
        ))}
      </div>
      <TextField
        {...plainText}
        label={say('packs.markets')}
        hint={say('packs.markets.hint')}
        value={typed.markets}
        error={fault('markets')}
        onChange={(event) => set({ markets: event.target.value })}
      />
      <Select
        label={say('packs.season')}
        hint={say('packs.season.hint')}
        value={typed.season}
        options={(['always', 'yearly', 'dates', ...(typed.kept ? [typed.kept.kind] : [])] as const).map(
          (kind) => ({
            value: kind,
            label: say(`packs.season.${kind}`),
          }),
        )}
        onChange={(event) => set({ season: event.target.value as TypedPack['season'] })}
      />
      {typed.season === 'yearly' && (
        <div className={styles.pair}>
          <TextField
            {...plainText}
            label={say('packs.from')}
            hint={say('packs.dayOfYear')}
            maxLength={5}
            value={typed.from}
            error={fault('season')}
            onChange={(event) => set({ from: event.target.value })}
          />
          <TextField
            {...plainText}
            label={say('packs.to')}
            hint={say('packs.dayOfYear')}
            maxLength={5}
            value={typed.to}
            onChange={(event) => set({ to: event.target.value })}
          />
        </div>
      )}
      {typed.season === 'dates' && (
        <TextArea
          dir="ltr"
          label={say('packs.spans')}
          hint={say('packs.spans.hint')}
          rows={4}
          value={typed.spans}
          error={fault('season')}
          onChange={(event) => set({ spans: event.target.value })}
        />
      )}
      <TextField
        {...plainText}
        label={say('packs.position')}
        hint={say('packs.position.hint')}
        inputMode="numeric"
        maxLength={4}
        value={typed.position}
        error={fault('position')}
        onChange={(event) => set({ position: event.target.value })}
      />
      <div className={styles.steps}>
        <Button type="submit" look="primary" busy={save.isPending}>
          {say('packs.save')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {say('packs.cancel')}
        </Button>
      </div>
    </form>
  );
}
