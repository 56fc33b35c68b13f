import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type DeskPack, type Names, packLimits } from '../../../contract/packs.ts';
import { ApiProblem, api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dropzone } from '../../ui/dropzone.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './desk.module.css';
import { nameIn, stickerNameOf } from './packs.rules.ts';

/** The drawings of a pack: brought in as SVG, cleaned by the server, and shown as creators will see them. */
export function PackStickers({ pack, onDone }: { pack: DeskPack; onDone: () => void }) {
  const words = useWords();
  const { say, language } = words;
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const [dropped, setDropped] = useState<string[]>([]);
  const fresh = () => queries.invalidateQueries({ queryKey: ['packs'] });
  const add = useMutation({
    mutationFn: async (file: File) => {
      if (file.size > packLimits.svgBytes) throw new ApiProblem('svg_invalid', 422, { reason: 'too_large' });
      const words = label.trim() || file.name.replace(/\.[^.]*$/, '').slice(0, 40);
      const names: Names = { [language]: words };
      return api.putPackSticker(pack.key, stickerNameOf(label.trim() || file.name), {
        names,
        svg: await file.text(),
      });
    },
    onSuccess: async (made) => {
      setLabel('');
      setDropped(made.dropped);
      await fresh();
    },
  });
  const remove = useMutation({
    mutationFn: (name: string) => api.removePackSticker(pack.key, name),
    onSuccess: fresh,
  });
  const isRoom = pack.stickers.length < packLimits.stickers;
  return (
    <div className={styles.form}>
      {add.error && <Notice kind="wrong">{whyNot(words, add.error)}</Notice>}
      {remove.error && <Notice kind="wrong">{problemSentence(words, remove.error)}</Notice>}
      {dropped.length > 0 && (
        <Notice kind="done">{say('packs.dropped', { what: dropped.join(', ') })}</Notice>
      )}
      <ul className={styles.drawings} data-large="" aria-label={say('packs.stickers')}>
        {pack.stickers.map((sticker) => {
          const name = nameIn(sticker.names, language);
          return (
            <li key={sticker.key}>
              <img src={`/packs/${sticker.key}.svg`} width={96} height={96} alt="" />
              <span>{name}</span>
              <IconButton
                label={say('packs.takeOut', { name })}
                icon={<Trash2 size={18} aria-hidden="true" />}
                disabled={remove.isPending}
                onClick={() => remove.mutate(sticker.name)}
              />
            </li>
          );
        })}
      </ul>
      {isRoom && (
        <>
          <TextField
            label={say('packs.stickerName')}
            hint={say('packs.stickerName.hint')}
            maxLength={40}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
          <Dropzone
            label={say('packs.bring')}
            hint={say('packs.bring.hint')}
            accept="image/svg+xml,.svg"
            onFile={(file) => add.mutate(file)}
          />
        </>
      )}
      <div className={styles.steps}>
        <Button onClick={onDone}>{say('packs.done')}</Button>
      </div>
    </div>
  );
}

/** The server says what it met in the drawing: whoever drew it can do without. */
function whyNot(words: ReturnType<typeof useWords>, error: unknown): string {
  if (!(error instanceof ApiProblem) || error.code !== 'svg_invalid') return problemSentence(words, error);
  const { reason, what } = error.details as { reason?: string; what?: string };
  const known = reason === 'too_large' || reason === 'empty' || reason === 'forbidden' ? reason : 'not_svg';
  return words.say(`packs.svg.${known}`, { what: what ?? '' });
}
