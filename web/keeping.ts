/**
 * Drafts of this device that are on their way to an account, for who must know at the first screen without loading what
 * sends them: an id for each, in local storage. What is to be sent is found out by who sends it.
 */
const key = 'kinora.draftsToAccount';

export function waitingDrafts(): string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return []; // Unreadable or forbidden: the studio looks for itself when it is opened.
  }
}

export function markWaiting(id: string, waits: boolean): void {
  const others = waitingDrafts().filter((one) => one !== id);
  try {
    localStorage.setItem(key, JSON.stringify(waits ? [...others, id] : others));
  } catch {
    // As above.
  }
}
