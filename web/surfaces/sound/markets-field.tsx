import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { countriesIn } from './countries.ts';
import styles from './sound.module.css';

/** Where a sound may be used: everywhere, or in the countries that are named. */
export function MarketsField({
  markets,
  onChange,
}: {
  /** Null: everywhere. */
  markets: readonly string[] | null;
  onChange: (markets: string[] | null) => void;
}) {
  const { say, language } = useWords();
  const countries = useMemo(() => countriesIn(language), [language]);
  // In the order of the list they were chosen from; a code that is none any more stays to be removed.
  const named = [
    ...countries.filter(({ code }) => markets?.includes(code)),
    ...(markets ?? []).flatMap((code) =>
      countries.some((one) => one.code === code) ? [] : { code, name: code },
    ),
  ];
  const left = countries.filter(({ code }) => !markets?.includes(code));
  return (
    <>
      <Select
        label={say('soundMarkets.where')}
        value={markets ? 'some' : 'everywhere'}
        options={[
          { value: 'everywhere', label: say('soundMarkets.everywhere') },
          { value: 'some', label: say('soundMarkets.some') },
        ]}
        onChange={(event) => onChange(event.target.value === 'some' ? [] : null)}
      />
      {markets && (
        <>
          <Select
            label={say('soundMarkets.add')}
            value=""
            options={[
              { value: '', label: say('soundMarkets.choose') },
              ...left.map(({ code, name }) => ({ value: code, label: name })),
            ]}
            onChange={(event) => event.target.value && onChange([...markets, event.target.value])}
          />
          <ul className={styles.buttons} aria-label={say('soundMarkets.where')}>
            {named.map(({ code, name }) => (
              <li key={code}>
                <Button
                  small
                  icon={<X size={16} aria-hidden="true" />}
                  aria-label={say('soundMarkets.remove', { country: name })}
                  onClick={() => onChange(markets.filter((one) => one !== code))}
                >
                  {name}
                </Button>
              </li>
            ))}
          </ul>
          {markets.length === 0 && <p>{say('soundMarkets.none')}</p>}
        </>
      )}
    </>
  );
}
