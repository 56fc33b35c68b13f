import type { EditList } from '../../../contract/edit-list.ts';

export type ToolName =
  | 'clip'
  | 'layout'
  | 'template'
  | 'text'
  | 'look'
  | 'sticker'
  | 'effect'
  | 'captions'
  | 'sound';

/** What every tool is given. */
export type ToolProps = {
  list: EditList;
  /** Where the playhead stands. */
  atMs: number;
  /** The clip, text, sticker, effect or sound that is worked on. */
  chosen: string | null;
  onChoose: (id: string | null, tool: ToolName | null) => void;
};
