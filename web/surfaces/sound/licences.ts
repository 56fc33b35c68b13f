import type { SoundLicence } from '../../../contract/sounds.ts';

export const licences = [
  { value: 'here', word: 'here' },
  { value: 'CC-BY-4.0', word: 'by' },
  { value: 'CC0-1.0', word: 'free' },
  { value: 'mine', word: 'mine' },
] as const satisfies readonly { value: SoundLicence; word: string }[];

export const wordOf = (licence: SoundLicence) => licences.find(({ value }) => value === licence)!.word;
