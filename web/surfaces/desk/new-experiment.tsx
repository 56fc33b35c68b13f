import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { NewExperiment } from '../../../contract/experiments.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { toast } from '../../ui/toast.tsx';
import styles from './desk.module.css';
import {
  type PlanFault,
  readPlan,
  type TypedOverride,
  type TypedPlan,
  type TypedVariant,
} from './plan.rules.ts';

const mostVariants = 5;

/** A question, its groups, and the numbers that each of them turns. Nothing happens until it is started. */
export function NewExperimentForm({ onDone }: { onDone: () => void }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const queries = useQueryClient();
  const lastId = useRef(2);
  const tunables = useQuery({ queryKey: ['tunables'], queryFn: api.listTunables });
  const offered = tunables.data?.tunables.filter((one) => one.name.startsWith('recommend.')) ?? [];
  const [typed, setTyped] = useState<TypedPlan>({
    key: '',
    question: '',
    variants: [
      { id: 1, name: 'control', share: '50', overrides: [] },
      { id: 2, name: 'b', share: '50', overrides: [{ id: 0, name: '', text: '' }] },
    ],
  });
  const [tried, setTried] = useState(false);
  const { plan, faults } = readPlan(withNames(typed, offered[0]?.name ?? ''), offered);
  const fault = (name: PlanFault, id: string, values?: Record<string, string>) =>
    tried && faults?.has(name) ? say(`desk.experiments.fault.${id}`, values) : null;
  const create = useMutation({
    mutationFn: (body: NewExperiment) => api.createExperiment(body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['experiments'] });
      onDone();
      toast(say('desk.experiments.created'));
    },
  });
  const change = (at: number, more: Partial<TypedVariant>) =>
    setTyped((now) => ({
      ...now,
      variants: now.variants.map((variant, place) => (place === at ? { ...variant, ...more } : variant)),
    }));
  const newId = () => ++lastId.current;
  const newOverride = (): TypedOverride => ({ id: newId(), name: '', text: '' });
  const addVariant = () =>
    setTyped((now) => ({
      ...now,
      variants: [
        ...now.variants,
        {
          id: newId(),
          name: 'abcde'[now.variants.length]!,
          share: '10',
          overrides: [newOverride()],
        },
      ],
    }));
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (plan && !create.isPending) create.mutate(plan);
      }}
    >
      {create.error && <Notice kind="wrong">{problemSentence(words, create.error)}</Notice>}
      <TextField
        label={say('desk.experiments.question')}
        hint={say('desk.experiments.questionHint')}
        maxLength={300}
        value={typed.question}
        error={fault('question', 'question')}
        onChange={(event) => setTyped({ ...typed, question: event.target.value })}
      />
      <TextField
        label={say('desk.experiments.key')}
        hint={say('desk.experiments.keyHint')}
        dir="ltr"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        value={typed.key}
        error={fault('key', 'key')}
        onChange={(event) => setTyped({ ...typed, key: event.target.value })}
      />
      {typed.variants.map((variant, at) => (
        <fieldset key={variant.id} className={styles.variant}>
          <legend className={styles.legend}>
            {at === 0 ? say('desk.experiments.control') : say('desk.experiments.variantAt', { at })}
          </legend>
          {at === 0 && <p className={styles.range}>{say('desk.experiments.controlText')}</p>}
          <div className={styles.pair}>
            <TextField
              label={say('desk.experiments.name')}
              dir="ltr"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
              value={variant.name}
              error={fault(`name.${at}`, 'name')}
              onChange={(event) => change(at, { name: event.target.value })}
            />
            <TextField
              label={say('desk.experiments.share')}
              inputMode="decimal"
              dir="ltr"
              autoComplete="off"
              value={variant.share}
              error={fault(`share.${at}`, 'share') ?? fault('shares', 'shares')}
              onChange={(event) => change(at, { share: event.target.value })}
            />
          </div>
          {at > 0 &&
            variant.overrides.map((override, place) => {
              const tunable = offered.find((one) => one.name === override.name) ?? offered[0];
              const set = (more: Partial<TypedOverride>) =>
                change(at, {
                  overrides: variant.overrides.map((one, index) =>
                    index === place ? { ...one, ...more } : one,
                  ),
                });
              const range = tunable && {
                min: figures.decimal(tunable.min),
                max: figures.decimal(tunable.max),
              };
              return (
                <div key={override.id} className={styles.pair}>
                  <Select
                    label={say('desk.experiments.tunable')}
                    dir="ltr"
                    value={override.name || offered[0]?.name}
                    options={offered.map(({ name }) => ({ value: name, label: name }))}
                    onChange={(event) => set({ name: event.target.value })}
                  />
                  <TextField
                    label={say('desk.experiments.value')}
                    hint={
                      tunable &&
                      say('desk.experiments.valueHint', { ...range, now: figures.decimal(tunable.value) })
                    }
                    inputMode="decimal"
                    dir="ltr"
                    autoComplete="off"
                    value={override.text}
                    error={fault(`override.${at}.${place}`, 'override', range)}
                    onChange={(event) => set({ text: event.target.value })}
                  />
                </div>
              );
            })}
          {at > 0 && (
            <div className={styles.row}>
              <Button
                small
                onClick={() => change(at, { overrides: [...variant.overrides, newOverride()] })}
                disabled={variant.overrides.length >= 4}
              >
                {say('desk.experiments.addOverride')}
              </Button>
              {variant.overrides.length > 1 && (
                <Button
                  small
                  look="plain"
                  onClick={() => change(at, { overrides: variant.overrides.slice(0, -1) })}
                >
                  {say('desk.experiments.dropOverride')}
                </Button>
              )}
              {typed.variants.length > 2 && (
                <Button
                  small
                  look="plain"
                  onClick={() =>
                    setTyped({ ...typed, variants: typed.variants.filter((_, place) => place !== at) })
                  }
                >
                  {say('desk.experiments.dropVariant', { name: variant.name })}
                </Button>
              )}
            </div>
          )}
        </fieldset>
      ))}
      <div className={styles.row}>
        <Button type="submit" look="primary" busy={create.isPending}>
          {say('desk.experiments.create')}
        </Button>
        <Button onClick={addVariant} disabled={typed.variants.length >= mostVariants}>
          {say('desk.experiments.addVariant')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {say('ui.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** What was not chosen yet is the first of the list, as the list shows it. */
function withNames(typed: TypedPlan, first: string): TypedPlan {
  return {
    ...typed,
    variants: typed.variants.map((variant) => ({
      ...variant,
      overrides: variant.overrides.map((override) => ({ ...override, name: override.name || first })),
    })),
  };
}
