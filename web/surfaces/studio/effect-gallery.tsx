import { Star } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useWords } from '../../intl/words.tsx';
import { effectCategories } from '../../studio/effects/effect.ts';
import { effects } from '../../studio/effects/effects.ts';
import { useFavourites } from './favourites.ts';
import styles from './gallery.module.css';
import { isNew, type Shelf, shelved } from './gallery.rules.ts';
import { Shelves } from './shelves.tsx';
import tool from './tool.module.css';
import { useSamples } from './use-samples.ts';

/** Every effect, each drawn by itself; by kind, by what is new, by what this person likes, or by a word. */
export function EffectGallery({ onPick }: { onPick: (name: string) => void }) {
  const { say } = useWords();
  const favourites = useFavourites('effects');
  const samples = useSamples();
  const [shelf, setShelf] = useState<Shelf>('all');
  const [search, setSearch] = useState('');
  const now = useMemo(() => Date.now(), []);
  const shown = shelved(effects, {
    ...{ shelf, search, now },
    favourites: favourites.names,
    wordsOf: ({ name, category }) => `${say(`studio.effect.${name}`)} ${say(`studio.effects.${category}`)}`,
  });
  const shelves = [
    'all',
    'favourites',
    ...(effects.some(({ since }) => isNew(since, now)) ? ['new'] : []),
    ...effectCategories,
  ];
  return (
    <>
      <input
        type="search"
        className={styles.search}
        aria-label={say('studio.effects.search')}
        placeholder={say('studio.effects.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {search.trim() === '' && (
        <Shelves
          label={say('studio.effects.shelves')}
          value={shelf}
          options={shelves.map((value) => ({ value, label: say(`studio.effects.${value}`) }))}
          onChange={setShelf}
        />
      )}
      <p role="status" className={shown.length === 0 ? tool.hint : 'visually-hidden'}>
        {shown.length > 0
          ? say('studio.effects.count', { count: shown.length })
          : say(search.trim() === '' ? 'studio.effects.noFavourite' : 'studio.effects.notFound')}
      </p>
      <ul className={styles.gallery} aria-label={say('studio.tool.effect')}>
        {shown.map((effect) => {
          const name = say(`studio.effect.${effect.name}`);
          return (
            <li key={effect.name} className={styles.thing}>
              <button type="button" className={styles.sample} onClick={() => onPick(effect.name)}>
                <span aria-hidden="true">
                  <canvas ref={samples.of(effect)} />
                </span>
                <span>{name}</span>
                {isNew(effect.since, now) && (
                  <span className={styles.new}>{say('studio.effects.isNew')}</span>
                )}
              </button>
              <button
                type="button"
                className={styles.mark}
                aria-pressed={favourites.names.includes(effect.name)}
                aria-label={say('studio.effects.mark', { name })}
                onClick={() => favourites.toggle(effect.name)}
              >
                <Star size={18} aria-hidden="true" />
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
