import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { messagesPlugin } from './intl/messages.plugin.ts';
import { shellPlugin } from './shell.plugin.ts';

/** Builds the web app into build/web, where the server finds it. `sw.js` keeps its name; all else is hashed. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [messagesPlugin(), react(), shellPlugin()],
  build: {
    outDir: resolve(import.meta.dirname, '../build/web'),
    emptyOutDir: true,
    manifest: true,
    // The tests and the first screen both want it early; older engines get a page that says what is missing.
    target: 'es2022',
    cssCodeSplit: true,
    rolldownOptions: {
      input: {
        index: resolve(import.meta.dirname, 'index.html'),
        sw: resolve(import.meta.dirname, 'sw.ts'),
        // No part of the app: the page in which the server makes videos.
        render: resolve(import.meta.dirname, 'render.html'),
      },
      output: {
        // The first screen is two files, not thirty: the libraries, which change seldom, and our own code.
        codeSplitting: {
          groups: [
            { name: 'engine', tags: ['$initial'], test: /node_modules|modulepreload-polyfill/, priority: 2 },
            {
              name: 'first',
              tags: ['$initial'],
              test: /\/web\/(?!sw\.ts|main\.tsx|index\.html|render\.)/,
              priority: 1,
            },
            // What many later surfaces share comes in one file, too: on a phone's line each costs a round trip.
            {
              name: 'parts',
              test: /node_modules\/(lucide-react|@tanstack)|\/web\/ui\/(?!chart)/,
              minShareCount: 3,
              priority: 0,
            },
            // A list that many pages need, and schemas too: it must not bring them along.
            { name: 'topics', test: /\/contract\/topics\.ts/, priority: 1 },
            // What checks an edit list: ten small files for the studio's first room.
            {
              name: 'contract',
              test: /node_modules\/zod|\/contract\/(ids|route|videos|credits|packs|sounds|edit-list(\.rules|\.sources)?)\.ts/,
              minShareCount: 2,
              priority: 0,
            },
          ],
        },
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
