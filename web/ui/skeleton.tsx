import { classes } from './classes.ts';
import styles from './skeleton.module.css';

/** The shape of what is coming, while it comes. Put `aria-busy` on the region it stands in. */
export function Skeleton({
  width,
  height,
  round,
  className,
}: {
  width?: string;
  height?: string;
  round?: boolean;
  className?: string;
}) {
  return (
    <span
      aria-hidden="true"
      className={classes(styles.skeleton, round && styles.round, className)}
      style={{ inlineSize: width, blockSize: height }}
    />
  );
}
