/** One import between two files of ours, as paths from the root of the clone. */
export type Edge = { from: string; to: string; typeOnly?: boolean };
export type Breach = Edge & { rule: string };

/** The floors of the server, lowest first. Rooms on one floor are strangers; calls go down only. */
export const floors: readonly (readonly string[])[] = [
  ['accounts', 'media', 'ledger'],
  ['posts', 'social', 'signals', 'taste', 'experiments', 'speech', 'drafts'],
  ['visibility'],
  [
    'comments',
    'messages',
    'challenges',
    'sounds',
    'insights',
    'playlists',
    'recommend',
    'search',
    'live',
    'ads',
    'market',
    'shop',
    'notify',
    'moderation',
    'packs',
    'renderings',
  ],
  ['feed', 'demo', 'desk', 'pages'],
];
const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));
/** Composing and testing the whole house is what these are for. */
const knowsAll = /^server\/(compose|main)\.ts$|^server\/testing\/|^e2e\/|^bench\/|^tools\//;
/** Tests, and what only tests use, may enter a room by a window. */
export const isTest = (path: string) => /\.(test|fixture)\.tsx?$/.test(path);
const areaOf = (path: string) => path.split('/')[0]!;
const roomOf = (path: string) => /^server\/domains\/([^/]+)\//.exec(path)?.[1] ?? null;
const isDoor = (path: string) => /^server\/domains\/([^/]+)\/\1\.ts$/.test(path);

/** Every import that goes through a wall. */
export function breachesOf(edges: readonly Edge[]): Breach[] {
  return edges.flatMap((edge) => {
    const rule = knowsAll.test(edge.from) ? null : ruleBroken(edge);
    return rule ? [{ ...edge, rule }] : [];
  });
}

function ruleBroken({ from, to }: Edge): string | null {
  const [area, target] = [areaOf(from), areaOf(to)];
  if (area === 'contract' && target !== 'contract') return 'the contract imports nothing of ours';
  if (area === 'packages' && to.split('/')[1] !== from.split('/')[1])
    return 'a package imports nothing of ours';
  if (area === 'server' && target === 'web') return 'the server does not know the web';
  if (area === 'web' && target === 'server' && !isTest(from)) return 'the web does not know the server';
  if (knowsAll.test(to) && !isTest(from) && area !== 'e2e')
    return 'only the program and tests may import what knows every room';
  if (from.startsWith('server/platform/') && roomOf(to)) return 'the platform knows no room';
  return roomRule(from, to);
}

function roomRule(from: string, to: string): string | null {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (!room || !target || room === target) return null;
  const [mine, theirs] = [floorOf.get(room), floorOf.get(target)];
  if (mine === undefined || theirs === undefined)
    return `the room ${mine === undefined ? room : target} has no floor`;
  if (isTest(from)) return null;
  if (theirs >= mine)
    return `calls go down: ${room} (floor ${mine}) may not import ${target} (floor ${theirs})`;
  if (!isDoor(to)) return `a room is entered by its door, ${target}/${target}.ts`;
  return null;
}

/** Circles of imports, each once, as the files in order. A door and its http file may know each other's types. */
export function circlesOf(edges: readonly Edge[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const found: string[][] = [];
  const path: string[] = [];
  const visit = (file: string) => {
    state.set(file, 'open');
    path.push(file);
    for (const to of next.get(file) ?? []) {
      if (state.get(to) === 'open') found.push([...path.slice(path.indexOf(to)), to]);
      else if (!state.has(to)) visit(to);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of next.keys()) if (!state.has(file)) visit(file);
  return found;
}
