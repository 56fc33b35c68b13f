import type { Me, Person } from '../../../contract/accounts.ts';
import type { AccountId } from '../../../contract/ids.ts';
import { searchKey } from '../../platform/casefold.ts';

/** Facts about people, shaped and checked. Pure: today is an argument. */
export type PersonRow = {
  account_id: string;
  handle: string;
  display_name: string;
  bio: string;
  language: string | null;
  role: 'member' | 'operator';
  avatar_version: string | null;
  demo_handle: string | null;
};

export function personOf(row: Omit<PersonRow, 'bio' | 'language' | 'role'>): Person {
  return {
    id: row.account_id as AccountId,
    handle: row.handle,
    displayName: row.display_name,
    avatarUrl: row.avatar_version ? `/avatars/${row.account_id}-${row.avatar_version}.webp` : null,
    demo: row.demo_handle !== null,
  };
}

export function meOf(
  row: PersonRow & { email: string; email_verified: boolean; birth_date: string | null },
): Me {
  return {
    ...personOf(row),
    email: row.email,
    emailVerified: row.email_verified,
    bio: row.bio,
    language: row.language,
    birthDateSet: row.birth_date !== null,
    role: row.role,
  };
}

/** What a person is found by while somebody writes: the handle, and each word of the name. */
export function wordsOf(person: { handle: string; display_name: string }): string[] {
  const words = `${person.handle} ${person.display_name}`.split(/\s+/u).map(searchKey);
  return [...new Set(words.filter((word) => word !== '').map((word) => [...word].slice(0, 60).join('')))];
}

// Controls, and characters that turn the direction of the text after the name (UAX 9): a name shall not reorder a page.
const disruptive = /[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

/** A display name as it is kept; null when nothing one can see is left. */
export function tidyName(text: string): string | null {
  const name = text.normalize('NFC').replaceAll(/\s+/gu, ' ').replaceAll(disruptive, '').trim();
  return [...name].some(isSeen) ? [...name].slice(0, 50).join('') : null;
}

/** Letters that are blank by nature (fillers, the empty Braille cell) are nothing to see. */
const isSeen = (letter: string) =>
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(letter) && !/[\p{Default_Ignorable_Code_Point}\u2800]/u.test(letter);

export function tidyBio(text: string): string {
  const lines = text.normalize('NFC').replaceAll(/\r\n?/g, '\n').split('\n');
  return lines
    .map((line) => line.replaceAll(disruptive, '').trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** 13: the youngest age of the laws most communities live under (COPPA, and the floor of GDPR article 8). */
const youngestYears = 13;
/** The oldest person on record lived 122 years. */
const oldestYears = 122;

/** Whether somebody born on this day (YYYY-MM-DD) can be a member today. */
export function birthDateIsPossible(birthDate: string, nowMs: number): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const born = new Date(Date.UTC(year, month - 1, day));
  if (born.getUTCFullYear() !== year || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day)
    return false;
  const today = new Date(nowMs);
  const hadBirthday =
    today.getUTCMonth() > month - 1 || (today.getUTCMonth() === month - 1 && today.getUTCDate() >= day);
  const years = today.getUTCFullYear() - year - (hadBirthday ? 0 : 1);
  return years >= youngestYears && years <= oldestYears;
}
