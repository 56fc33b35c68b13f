import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * At the end of a build: writes `shell.html`, the page without what the server fills in (for when there is no
 * server), and tells the service worker which files make up the first screen.
 */
export function shellPlugin(): Plugin {
  return {
    name: 'kinora-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const entry = Object.values(bundle).find(
          (file) => file.type === 'chunk' && file.isEntry && file.name === 'index',
        );
        const worker = bundle['sw.js'];
        const page = bundle['index.html'];
        if (entry?.type !== 'chunk' || worker?.type !== 'chunk' || page?.type !== 'asset')
          return this.error('the build has no entry, no service worker or no page');
        const files = new Set<string>();
        const add = (name: string) => {
          const file = bundle[name];
          if (files.has(name) || file?.type !== 'chunk') return;
          files.add(name);
          for (const style of file.viteMetadata?.importedCss ?? []) files.add(style);
          for (const imported of file.imports) add(imported);
        };
        add(entry.fileName);
        // The words of the first screen, in every language: a viewer may be offline in any of them.
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && file.facadeModuleId?.endsWith('/first')) add(file.fileName);
        const html = String(page.source).replaceAll(/<!--kinora:[a-z]+-->/g, '');
        this.emitFile({ type: 'asset', fileName: 'shell.html', source: html });
        const list = [...files].sort().map((name) => `/${name}`);
        const version = createHash('sha256').update(html).update(worker.code).digest('hex').slice(0, 12);
        worker.code = worker.code.replaceAll('__KINORA_SHELL__', JSON.stringify({ version, files: list }));
      },
    },
  };
}
