import styles from './avatar.module.css';
import { classes } from './classes.ts';

/** A picture, or the first letter on a colour that stays with the name. Decoration: the name stands beside it. */
export function Avatar({
  name,
  url,
  size = 44,
  className,
}: {
  name: string;
  url: string | null;
  size?: number;
  className?: string;
}) {
  const letter = [...name.trim()][0]?.toLocaleUpperCase() ?? '·';
  let hue = 0;
  for (const character of name) hue = (hue * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return (
    <span
      className={classes(styles.avatar, className)}
      style={{ '--asked': `${size}px`, '--hue': hue } as React.CSSProperties}
      aria-hidden="true"
    >
      {url ? <img src={url} alt="" width={size} height={size} loading="lazy" decoding="async" /> : letter}
    </span>
  );
}
