import {
  type Names,
  type PackFacts,
  PackFacts as PackFactsSchema,
  type PackSeason,
} from '../../../contract/packs.ts';

/** What somebody typed about a pack, and what it says. Pure. */
export type TypedPack = {
  key: string;
  names: Record<string, string>;
  markets: string;
  season: PackSeason['kind'];
  /** Of a season that the form does not write: kept as it is. */
  kept: PackSeason | null;
  from: string;
  to: string;
  spans: string;
  position: string;
};
export type PackFault = 'key' | 'names' | 'markets' | 'season' | 'position';

export const typedOf = (pack: ({ key: string } & PackFacts) | null): TypedPack => {
  const season = pack?.season ?? ({ kind: 'always' } as const);
  return {
    key: pack?.key ?? '',
    names: pack?.names ?? {},
    markets: pack?.markets.join(', ') ?? '',
    season: season.kind,
    kept: season.kind === 'easter' || season.kind === 'calendar' ? season : null,
    from: season.kind === 'yearly' ? season.from : '',
    to: season.kind === 'yearly' ? season.to : '',
    spans: season.kind === 'dates' ? season.spans.map(({ from, to }) => `${from} – ${to}`).join('\n') : '',
    position: String(pack?.position ?? 100),
  };
};

/** `th, la` as TH, LA; null when one of them is no code of two letters. */
export function readMarkets(text: string): string[] | null {
  const codes = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((code) => code.toUpperCase());
  return codes.every((code) => /^[A-Z]{2}$/.test(code)) ? [...new Set(codes)] : null;
}

function readSeason(typed: TypedPack): PackSeason | null {
  if (typed.season === 'always') return { kind: 'always' };
  if (typed.season === 'yearly') return { kind: 'yearly', from: typed.from.trim(), to: typed.to.trim() };
  if (typed.season !== 'dates') return typed.kept;
  const spans = typed.spans
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [from = '', to = from] = line.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
      return { from, to };
    });
  return spans.some(({ from, to }) => to < from) ? null : { kind: 'dates', spans };
}

export function readPack(typed: TypedPack): { facts: PackFacts | null; faults: Set<PackFault> } {
  const faults = new Set<PackFault>();
  if (!/^[a-z][a-z0-9]{0,19}$/.test(typed.key.trim())) faults.add('key');
  const names: Names = Object.fromEntries(
    Object.entries(typed.names)
      .map(([language, name]) => [language, name.trim()] as const)
      .filter(([, name]) => name !== ''),
  );
  const season = readSeason(typed);
  const markets = readMarkets(typed.markets);
  const position = Number(typed.position);
  const { shape } = PackFactsSchema;
  if (!shape.names.safeParse(names).success) faults.add('names');
  if (!markets) faults.add('markets');
  if (!season || !shape.season.safeParse(season).success) faults.add('season');
  if (!shape.position.safeParse(position).success) faults.add('position');
  return { facts: faults.size > 0 ? null : { names, markets: markets!, season: season!, position }, faults };
}

/** A name for a sticker from that of its file: `Rote Laterne (2).svg` is rotelaterne2. */
export function stickerNameOf(fileName: string): string {
  const plain = fileName
    .replace(/\.[^.]*$/, '')
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  return plain.replace(/^[0-9]+/, '').slice(0, 20) || 'sticker';
}

export const nameIn = (names: Names, language: string): string =>
  names[language] ?? names.en ?? Object.values(names)[0] ?? '';
