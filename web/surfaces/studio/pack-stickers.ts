import type { EditList } from '../../../contract/edit-list.ts';
import { StickerKey } from '../../../contract/packs.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { type KeptSticker, keepSticker, keptSticker } from '../../studio/stickers/kept-stickers.ts';
import { learnSticker } from '../../studio/stickers/pictures.ts';

/** Stickers of packs: fetched once, kept with the drafts, and from then on like those that came with the program. */
const names = new Map<string, KeptSticker['names']>();

/** On this device and ready to be drawn; false when it is nowhere to be had, or the device cannot keep it. */
export async function fetchSticker(key: string): Promise<boolean> {
  try {
    const known = await keptSticker(key);
    const sticker = known ?? (await api.packSticker(key));
    if (!known) await keepSticker(sticker);
    names.set(key, sticker.names);
    return await learnSticker(key, sticker.svg);
  } catch {
    return false; // Offline, withdrawn, or a full disk: nothing is laid over the picture then.
  }
}

/** Before a draft is shown: everything of packs that it uses, wherever it is from. */
export async function readyStickers(list: Pick<EditList, 'stickers'>): Promise<void> {
  const keys = new Set(list.stickers.map(({ sticker }) => sticker));
  await Promise.all([...keys].filter((key) => StickerKey.safeParse(key).success).map(fetchSticker));
}

/** What a sticker is called, whoever drew it. */
export function useStickerName(): (key: string) => string {
  const { say, knows, language } = useWords();
  return (key) => {
    const own = names.get(key);
    if (own) return own[language] ?? own.en ?? Object.values(own)[0] ?? key;
    return knows(`studio.sticker.${key}`) ? say(`studio.sticker.${key}`) : say('studio.sticker.unknown');
  };
}
