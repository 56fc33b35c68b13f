import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { TodaysPacks } from '../../../contract/packs.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import type { Sticker } from '../../studio/stickers/sticker.ts';
import { stickers } from '../../studio/stickers/stickers.ts';
import { Notice } from '../../ui/notice.tsx';
import gallery from './gallery.module.css';
import { Group } from './group.tsx';
import { fetchSticker } from './pack-stickers.ts';
import { Shelves } from './shelves.tsx';
import styles from './tool.module.css';

const ownShelf = 'own';

/** The studio's own stickers, and the packs that are there today in this creator's market. */
export function StickerGallery({ onPick }: { onPick: (key: string) => void }) {
  const { say, language } = useWords();
  const [shelf, setShelf] = useState(ownShelf);
  const [failed, setFailed] = useState(false);
  // An hour: nobody edits through midnight without closing the gallery once.
  const today = useQuery({ queryKey: ['packs', 'today'], queryFn: api.todaysPacks, staleTime: 3_600_000 });
  const packs = today.data?.packs ?? [];
  const pack = packs.find(({ key }) => key === shelf);
  const named = (names: Record<string, string>) =>
    names[language] ?? names.en ?? Object.values(names)[0] ?? '';
  return (
    <>
      {packs.length > 0 && (
        <Shelves
          label={say('studio.packs')}
          value={pack ? shelf : ownShelf}
          options={[
            { value: ownShelf, label: say('studio.packs.own') },
            ...packs.map(({ key, names }) => ({ value: key, label: named(names) })),
          ]}
          onChange={setShelf}
        />
      )}
      {failed && <Notice kind="wrong">{say('studio.packs.notKept')}</Notice>}
      <Group className={styles.gallery} label={say('studio.tool.sticker')}>
        {pack
          ? pack.stickers.map(({ key, names }) => (
              <button
                key={key}
                type="button"
                className={styles.sample}
                onClick={async () => {
                  // Kept on the device first: the draft must not depend on a pack that leaves.
                  const isKept = await fetchSticker(key);
                  setFailed(!isKept);
                  if (isKept) onPick(key);
                }}
              >
                <img className={gallery.drawing} src={`/packs/${key}.svg`} alt="" />
                <span>{named(names)}</span>
              </button>
            ))
          : stickers.map((one) => (
              <button key={one.name} type="button" className={styles.sample} onClick={() => onPick(one.name)}>
                <Drawn sticker={one} />
                <span>{say(`studio.sticker.${one.name}`)}</span>
              </button>
            ))}
      </Group>
      {today.isError && <p className={styles.hint}>{say('studio.packs.failed')}</p>}
      {today.data && <Whence today={today.data} until={pack?.until ?? null} />}
    </>
  );
}

/** Why these packs: whose market, who says so, and until when. */
function Whence({ today: { market, marketFrom }, until }: { today: TodaysPacks; until: string | null }) {
  const { say, language } = useWords();
  const figures = useFigures();
  const region = market
    ? (new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(market) ?? market)
    : '';
  return (
    <p className={styles.hint}>
      {until && `${say('studio.packs.until', { day: figures.day(`${until}T12:00`) })} `}
      {say(`studio.packs.from.${marketFrom}`, { region })}
    </p>
  );
}

function Drawn({ sticker }: { sticker: Sticker }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, 120, 120);
    context.save();
    context.scale(1.2, 1.2);
    sticker.draw(context, 0.6);
    context.restore();
  }, [sticker]);
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} width={120} height={120} />
    </span>
  );
}
