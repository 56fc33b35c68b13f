/** The letters this room writes, by language. */
type Letters = Record<
  'verify' | 'reset',
  (facts: { server: string; link: string }) => {
    subject: string;
    text: string;
  }
>;

const en: Letters = {
  verify: ({ server, link }) => ({
    subject: `Confirm your email address for ${server}`,
    text: `Hello,

somebody, probably you, signed up at ${server} with this email address.
To confirm that it is yours, open this link within 24 hours:

${link}

If it wasn't you, you need not do anything.
`,
  }),
  reset: ({ server, link }) => ({
    subject: `Choose a new password for ${server}`,
    text: `Hello,

somebody, probably you, asked for a new password at ${server}.
To choose one, open this link within one hour:

${link}

It works once, and signs you out on every device. If it wasn't you, you need
not do anything: your password stays as it is.
`,
  }),
};

const de: Letters = {
  verify: ({ server, link }) => ({
    subject: `Bestätige deine E-Mail-Adresse für ${server}`,
    text: `Hallo,

jemand, vermutlich du, hat sich mit dieser E-Mail-Adresse bei ${server} angemeldet.
Um zu bestätigen, dass sie dir gehört, öffne innerhalb von 24 Stunden diesen Link:

${link}

Wenn du es nicht warst, musst du nichts tun.
`,
  }),
  reset: ({ server, link }) => ({
    subject: `Wähle ein neues Passwort für ${server}`,
    text: `Hallo,

jemand, vermutlich du, hat bei ${server} um ein neues Passwort gebeten.
Um eines zu wählen, öffne innerhalb einer Stunde diesen Link:

${link}

Er gilt einmal und meldet dich auf allen Geräten ab. Wenn du es nicht warst,
musst du nichts tun: Dein Passwort bleibt, wie es ist.
`,
  }),
};

const catalogue: Record<string, Letters> = { en, de };

/** `languages` are BCP 47 tags, the best first; English when none of them is written here. */
export function lettersIn(languages: readonly (string | null | undefined)[]): Letters {
  for (const tag of languages) {
    const letters = catalogue[tag?.toLowerCase().split('-')[0] ?? ''];
    if (letters) return letters;
  }
  return en;
}

/** The languages of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first. */
export function acceptedLanguages(header: string | null): string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const q = parameters.map((one) => /^\s*q=([01](?:\.\d+)?)\s*$/.exec(one)?.[1]).find(Boolean);
      return { tag: tag.trim(), weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, weight }) => /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*$/.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
