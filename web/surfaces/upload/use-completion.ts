import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { PersonSuggestion, TagSuggestion } from '../../../contract/suggestions.ts';
import { api } from '../../api.ts';
import { completed, type Token, tokenAt } from './completion.rules.ts';

/**
 * Completion of hashtags and mentions in a text area, by the ARIA pattern of a list with an active option: the focus
 * stays in the text, arrows walk, Enter or Tab takes the one that is marked, Escape closes. Nothing is marked until
 * somebody walks, so that Enter stays a new line and an own new tag is not overwritten.
 */
export type Option =
  | { value: string; kind: 'hashtag'; tag: TagSuggestion }
  | { value: string; kind: 'mention'; person: PersonSuggestion };

/** Somebody who types on is not asked after. */
const pauseMs = 120;

const kept = new Map<string, Option[]>();
async function ask({ kind, query }: Token, signal: AbortSignal): Promise<Option[]> {
  const key = `${kind} ${query}`;
  const known = kept.get(key);
  if (known) return known;
  const found: Option[] =
    kind === 'hashtag'
      ? (await api.suggestTags(query, signal)).tags.map((tag) => ({ kind, value: tag.tag, tag }))
      : (await api.suggestPeople(query, signal)).people.map((person) => ({
          kind,
          value: person.handle,
          person,
        }));
  if (kept.size > 100) kept.clear();
  kept.set(key, found);
  return found;
}

export function useCompletion(
  area: RefObject<HTMLTextAreaElement | null>,
  value: string,
  onChange: (text: string) => void,
) {
  const list = useId();
  const [token, setToken] = useState<Token | null>(null);
  const [options, setOptions] = useState<Option[]>([]);
  const [active, setActive] = useState(-1);
  /** Closed by Escape: until another token is begun. */
  const closedAt = useRef<number | null>(null);

  const close = () => {
    setToken(null);
    setOptions([]);
    setActive(-1);
  };
  const look = () => {
    const field = area.current;
    const found =
      field && field.selectionStart === field.selectionEnd
        ? tokenAt(field.value, field.selectionStart)
        : null;
    if (!found || found.start !== closedAt.current) closedAt.current = null;
    if (!found || closedAt.current !== null) return close();
    setToken((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
  };

  const { kind, query } = token ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it stands does not change what is asked
  useEffect(() => {
    if (!token) return undefined;
    const leave = new AbortController();
    const timer = setTimeout(async () => {
      // Offline or refused: nothing is offered, and writing goes on.
      const found = await ask(token, leave.signal).catch(() => []);
      if (leave.signal.aborted) return;
      const same = (option: Option) => option.value === token.query.toLowerCase();
      setOptions(found.length === 1 && same(found[0]!) ? [] : found);
      setActive(-1);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [kind, query]);

  const take = (option: Option) => {
    const field = area.current;
    if (!field || !token) return;
    const { insert, end } = completed(value, token, option.value);
    field.focus();
    field.setSelectionRange(token.start, end);
    // Deprecated, and yet the only way into a field's own undo; where it is gone, the text is set.
    if (!document.execCommand('insertText', false, insert)) {
      onChange(value.slice(0, token.start) + insert + value.slice(end));
    }
    close();
  };

  const open = token !== null && options.length > 0;
  const walk = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing) return;
    const marked = options[active];
    if (event.key === 'ArrowDown') setActive((active + 1) % options.length);
    else if (event.key === 'ArrowUp') setActive(active <= 0 ? options.length - 1 : active - 1);
    else if (event.key === 'Escape') {
      closedAt.current = token.start;
      close();
      event.stopPropagation();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && marked) take(marked);
    else return;
    event.preventDefault();
  };

  return {
    list,
    open,
    token,
    options,
    active,
    take,
    wiring: {
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      'aria-controls': open ? list : undefined,
      'aria-activedescendant': open && active >= 0 ? `${list}-${active}` : undefined,
      onSelect: look,
      onKeyDown: walk,
      onBlur: close,
    },
  };
}
