/**
 * The page that the server opens in a browser of its own to make a video that somebody's browser cannot make. No person
 * sees it; it is handed out by `server/platform/rendering` alone.
 */
import './theme.css';

// As in the app: the page's policy forbids code made of words, and zod would try.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
const { carryOut } = await import('./studio/rendering/carry-out.ts');
await carryOut();
