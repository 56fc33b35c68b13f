import type { ReactNode } from 'react';

/** Things to press that belong together, with a name for those who do not see that. */
export function Group({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <fieldset>
      <legend className="visually-hidden">{label}</legend>
      <div className={className}>{children}</div>
    </fieldset>
  );
}
