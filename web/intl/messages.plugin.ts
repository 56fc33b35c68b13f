import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import {
  type Compiled,
  compileRooms,
  faultsOf,
  pseudo,
  readCatalogues,
  sourceLanguage,
} from './catalogue.ts';
import { pseudoLanguage } from './language.ts';

/**
 * Serves the catalogues to the browser as compiled trees, in a chunk per language and part. The first part holds the
 * rooms of the first screen; the later part comes with the first surface that needs it. A catalogue with a fault
 * fails the build. Also keeps the ICU parser out of the bundle.
 */
const firstRooms = new Set(['ui', 'shell', 'feed', 'watch', 'player', 'language']);
const parts = ['first', 'later'] as const;
const index = 'virtual:kinora/messages';

export function messagesPlugin(folder: string = resolve(import.meta.dirname, '../messages')): Plugin {
  return {
    name: 'kinora-messages',
    enforce: 'pre',
    config: () => ({
      resolve: {
        alias: [
          {
            find: /^@formatjs\/icu-messageformat-parser$/,
            replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
          },
        ],
      },
    }),
    buildStart() {
      const faults = faultsOf(readCatalogues(folder));
      if (faults.length > 0) this.error(`Message catalogues:\n  ${faults.join('\n  ')}`);
    },
    resolveId(id) {
      return id === index || id.startsWith(`${index}/`) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith(`\0${index}`)) return undefined;
      const catalogues = readCatalogues(folder);
      const languages = Object.keys(catalogues);
      if (id === `\0${index}`) return indexModule([...languages, pseudoLanguage]);
      const [language = '', part] = id.slice(`\0${index}/`.length).split('/');
      const catalogue = catalogues[language === pseudoLanguage ? sourceLanguage : language];
      if (!catalogue) this.error(`no message catalogue for ${language}`);
      let compiled: Compiled = compileRooms(catalogue, (room) => firstRooms.has(room) === (part === 'first'));
      if (language === pseudoLanguage)
        compiled = Object.fromEntries(Object.entries(compiled).map(([key, tree]) => [key, pseudo(tree)]));
      return `export default ${JSON.stringify(compiled)};`;
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(folder)) return undefined;
      for (const [id, module] of server.moduleGraph.idToModuleMap)
        if (id.startsWith(`\0${index}`)) server.moduleGraph.invalidateModule(module);
      server.ws.send({ type: 'full-reload' });
      return [];
    },
  };
}

function indexModule(languages: string[]): string {
  const loaders = languages.map(
    (language) =>
      `${JSON.stringify(language)}: { ${parts
        .map((part) => `${part}: () => import(${JSON.stringify(`${index}/${language}/${part}`)})`)
        .join(', ')} }`,
  );
  return `export const loaders = { ${loaders.join(',\n')} };`;
}
