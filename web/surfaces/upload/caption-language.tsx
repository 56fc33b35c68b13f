import { useMemo } from 'react';
import { useWords } from '../../intl/words.tsx';
import { Select } from '../../ui/select.tsx';

/** Languages of many millions, by their codes; what a caption is in beyond them, the server tells by itself. */
const codes =
  'ar bg bn ca cs da de el en es et fa fi fr gu he hi hr hu id it ja ka kk kn ko lt lv ml mr ms nl no pa pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi zh'.split(
    ' ',
  );

/** Which language it is in, when its author knows better than the server does. */
export function CaptionLanguage({
  language,
  onChange,
}: {
  language: string | null;
  onChange: (language: string | null) => void;
}) {
  const { say, language: own } = useWords();
  const options = useMemo(() => {
    const names = new Intl.DisplayNames([own], { type: 'language' });
    const known = codes.map((value) => ({ value, label: names.of(value) ?? value }));
    return known.sort((a, b) => a.label.localeCompare(b.label, own));
  }, [own]);
  return (
    <Select
      label={say('publish.language.label')}
      hint={say('publish.language.hint')}
      value={language ?? ''}
      options={[{ value: '', label: say('publish.language.told') }, ...options]}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}
