/** What TypeScript must know of prepare.mjs, which runs before anything is installed and so is plain JavaScript. */
export function build(): void;
