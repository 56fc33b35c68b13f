import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/**
 * The message catalogues on disk: `messages/<language>/<room>.json`, flat, ICU syntax. Reads, checks that every
 * language says the same things with the same arguments, compiles to the tree the browser formats (so the ICU parser
 * stays here), and derives the pseudo-language. Runs at build time and in tests; knows nothing of the browser.
 */
export type Room = Record<string, string>;
export type Catalogue = Record<string, Room>;
export type Compiled = Record<string, MessageFormatElement[]>;

/** The language all others are checked against. */
export const sourceLanguage = 'en';

export function readCatalogues(folder: string): Record<string, Catalogue> {
  const catalogues: Record<string, Catalogue> = {};
  for (const language of readdirSync(folder).sort()) {
    const rooms: Catalogue = {};
    for (const file of readdirSync(join(folder, language)).sort()) {
      if (!file.endsWith('.json')) continue;
      rooms[file.slice(0, -'.json'.length)] = JSON.parse(readFileSync(join(folder, language, file), 'utf8'));
    }
    catalogues[language] = rooms;
  }
  return catalogues;
}

export function compileMessage(text: string): MessageFormatElement[] {
  return parse(text, { captureLocation: false, shouldParseSkeletons: true });
}

/** The arguments and tags of a message, each with its kind: `count:plural`, `name:argument`, `b:tag`. */
export function argumentsOf(elements: MessageFormatElement[], found = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    if (element.type === TYPE.plural) found.add(`${element.value}:plural`);
    else if (element.type === TYPE.select) found.add(`${element.value}:select`);
    else if (element.type === TYPE.tag) found.add(`${element.value}:tag`);
    else found.add(`${element.value}:argument`);
    if (element.type === TYPE.plural || element.type === TYPE.select)
      for (const option of Object.values(element.options)) argumentsOf(option.value, found);
    if (element.type === TYPE.tag) argumentsOf(element.children, found);
  }
  return found;
}

/** What is wrong, a line for each fault; empty when every language says the same things with the same arguments. */
export function faultsOf(catalogues: Record<string, Catalogue>): string[] {
  const faults: string[] = [];
  const source = catalogues[sourceLanguage];
  if (!source) return [`there is no catalogue for ${sourceLanguage}`];
  const owners = new Map<string, string>();
  for (const [room, messages] of Object.entries(source))
    for (const id of Object.keys(messages)) {
      if (owners.has(id)) faults.push(`${id} is in ${owners.get(id)}.json and in ${room}.json`);
      owners.set(id, room);
    }
  for (const [language, rooms] of Object.entries(catalogues)) {
    for (const room of new Set([...Object.keys(source), ...Object.keys(rooms)])) {
      const wanted = source[room] ?? {};
      const given = rooms[room] ?? {};
      for (const id of new Set([...Object.keys(wanted), ...Object.keys(given)])) {
        const place = `${language}/${room}.json ${id}`;
        if (given[id] === undefined) faults.push(`${place}: missing`);
        else if (wanted[id] === undefined) faults.push(`${place}: not in ${sourceLanguage}`);
        else faults.push(...messageFaults(place, wanted[id], given[id]));
      }
    }
  }
  return faults;
}

function messageFaults(place: string, wanted: string, given: string): string[] {
  if (given.trim() === '') return [`${place}: empty`];
  try {
    const want = [...argumentsOf(compileMessage(wanted))].sort().join(' ');
    const give = [...argumentsOf(compileMessage(given))].sort().join(' ');
    return want === give ? [] : [`${place}: takes {${give}}, ${sourceLanguage} takes {${want}}`];
  } catch (error) {
    return [`${place}: ${error instanceof Error ? error.message : error}`];
  }
}

export function compileRooms(catalogue: Catalogue, wanted: (room: string) => boolean): Compiled {
  const compiled: Compiled = {};
  for (const [room, messages] of Object.entries(catalogue)) {
    if (!wanted(room)) continue;
    for (const [id, text] of Object.entries(messages)) compiled[id] = compileMessage(text);
  }
  return compiled;
}

const accents: Record<string, string> = Object.fromEntries(
  [...'aåbƀcçdðeéfƒgĝhĥiîjĵkķlļmɱnñoöpþqǫrŕsštţuûvṽwŵxẋyýzžAÅBƁCÇDÐEÉGĜHĤIÎJĴKĶLĻNÑOÖRŔSŠTŢUÛWŴYÝZŽ'].reduce<
    [string, string][]
  >((pairs, letter, index, letters) => {
    if (index % 2 === 0) pairs.push([letter, letters[index + 1] ?? letter]);
    return pairs;
  }, []),
);

/** The pseudo-language of a compiled message: literal text accented and a third longer, arguments untouched. */
export function pseudo(elements: MessageFormatElement[]): MessageFormatElement[] {
  return elements.map((element) => {
    if (element.type === TYPE.literal) {
      const accented = [...element.value].map((letter) => accents[letter] ?? letter).join('');
      // Longer by words, not by one word that no language has.
      const longer =
        element.value.trim().length > 2
          ? '~'.repeat(Math.ceil(element.value.length / 3)).replaceAll(/~{10}(?=~)/g, '~~~~~~~~~ ')
          : '';
      return { ...element, value: accented.replace(/(\s*)$/, `${longer}$1`) };
    }
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return {
        ...element,
        options: Object.fromEntries(
          Object.entries(element.options).map(([name, option]) => [
            name,
            { ...option, value: pseudo(option.value) },
          ]),
        ),
      } as MessageFormatElement;
    if (element.type === TYPE.tag) return { ...element, children: pseudo(element.children) };
    return element;
  });
}
