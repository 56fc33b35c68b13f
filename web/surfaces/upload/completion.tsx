import { Hash } from 'lucide-react';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './completion.module.css';
import type { Option, useCompletion } from './use-completion.ts';

/** The list under the line that is written in, or above the whole field; the focus stays in the text. */
export function Completion({
  list,
  open,
  token,
  options,
  active,
  take,
  mirror,
  above,
}: Omit<ReturnType<typeof useCompletion>, 'wiring'> & {
  /** Shows the same text as the field, so it knows where the caret's line is. */
  mirror?: RefObject<HTMLElement | null>;
  /** Where the field stands at the lower edge. */
  above?: boolean;
}) {
  const { say } = useWords();
  const popup = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (open && token && mirror?.current) setTop(lineEndOf(mirror.current, token.start));
  }, [open, token, mirror]);
  useLayoutEffect(() => {
    popup.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <>
      <span className="visually-hidden" role="status">
        {open ? say('publish.complete.count', { count: options.length }) : ''}
      </span>
      {open && (
        <div
          ref={popup}
          id={list}
          role="listbox"
          aria-label={say(token?.kind === 'mention' ? 'publish.complete.people' : 'publish.complete.tags')}
          className={classes(styles.list, above && styles.above)}
          style={above ? undefined : { insetBlockStart: top }}
        >
          {options.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the text field, which keeps the focus
            <div
              key={option.value}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.option}
              // The field keeps the focus, and a phone its keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
            >
              <OptionLine option={option} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}

function OptionLine({ option }: { option: Option }) {
  const { say } = useWords();
  const figures = useFigures();
  if (option.kind === 'hashtag') {
    const { tag, videos, mine } = option.tag;
    return (
      <>
        <span className={styles.sign}>
          <Hash size={18} aria-hidden="true" />
        </span>
        <bdi className={styles.name}>{tag}</bdi>
        <span className={styles.note}>
          {mine
            ? say('publish.complete.yours')
            : say('publish.complete.videos', { videos, short: figures.compact(videos) })}
        </span>
      </>
    );
  }
  const { person } = option;
  return (
    <>
      <Avatar name={person.displayName} url={person.avatarUrl} size={32} />
      <span className={styles.name}>
        <bdi>{person.displayName}</bdi> <bdi className={styles.handle}>@{person.handle}</bdi>
      </span>
      {person.followed && <span className={styles.note}>{say('publish.complete.followed')}</span>}
    </>
  );
}

/** Where the line ends, from the top of the field, in which the text has its `offset`th unit. */
function lineEndOf(mirror: HTMLElement, offset: number): number {
  const walker = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (left < node.length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.setEnd(node, left + 1);
      return range.getBoundingClientRect().bottom - mirror.getBoundingClientRect().top + 4;
    }
    left -= node.length;
  }
  return mirror.offsetHeight;
}
