declare module 'virtual:kinora/messages' {
  import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';

  type Part = () => Promise<{ default: Record<string, MessageFormatElement[]> }>;
  export const loaders: Record<string, { first: Part; later: Part }>;
}
