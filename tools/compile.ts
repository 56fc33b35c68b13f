// Loads what the program and its child processes are made of, so that Node keeps the compiled modules (see prepare.mjs).
import '../server/compose.ts';
import '../server/domains/demo/render-child.ts';
import '../server/platform/media-engine/engine-child.ts';

process.exit(0);
