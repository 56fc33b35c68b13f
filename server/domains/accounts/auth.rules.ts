import { z } from 'zod';

/**
 * Which of better-auth's operations this server has, what each may be given, and how often. What is not in this
 * table is not served: no social sign-in, no change of users behind the back of the people table. Pure.
 */
export const passwordLength = { min: 10, max: 128 } as const;

/** A path of this site: what a browser would not read as another one (`//x`, `/\x`, line breaks inside). */
const ownPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\\\s\p{Cc}]*$/u);
const email = z.string().trim().toLowerCase().max(254);
const strictEmail = email.pipe(z.email());
// Longer than any password that is taken, so that the answer can say "too long".
const password = z.string().max(1000);
const token = z.string().min(1).max(500);

/** `by` says whose doings are counted: the address, the email, or both together. */
export type Limit = { by: 'address' | 'email' | 'both'; points: number; seconds: number };
const minutes = (count: number) => count * 60;
// One household, school or office has one address: generous by address, narrow by address and email.
const guessing: Limit[] = [
  { by: 'both', points: 10, seconds: minutes(10) },
  { by: 'address', points: 60, seconds: minutes(10) },
  // Many addresses on one email: enough for its owner between the guesses of the others.
  { by: 'email', points: 100, seconds: minutes(60) },
];
const sending: Limit[] = [
  { by: 'both', points: 3, seconds: minutes(15) },
  { by: 'email', points: 5, seconds: minutes(60) },
  { by: 'address', points: 30, seconds: minutes(60) },
];
const usual: Limit[] = [{ by: 'address', points: 120, seconds: 60 }];

export type Operation = {
  body?: z.ZodType<Record<string, unknown>>;
  query?: z.ZodType<Record<string, string>>;
  limits: Limit[];
  /** What it means for this house, beyond better-auth's own answer. */
  means?: 'signed-up' | 'signed-in' | 'signed-out' | 'password-changed';
  endsSessions?: true;
  /** Not passed on: a job writes the letter, so that the answer is the same, and as quick, for unknown addresses. */
  letter?: 'reset' | 'verify';
};

export const operations: Record<string, Operation> = {
  'POST /sign-up/email': {
    body: z.object({
      email,
      password,
      name: z.string().max(200),
      handle: z.string().max(120).nullish(),
      language: z
        .string()
        .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
        .max(35)
        .nullish(),
      callbackURL: ownPath.optional(),
    }),
    limits: [
      { by: 'address', points: 30, seconds: minutes(60) },
      { by: 'both', points: 5, seconds: minutes(10) },
    ],
    means: 'signed-up',
  },
  'POST /sign-in/email': {
    body: z.object({ email, password, callbackURL: ownPath.optional() }),
    limits: guessing,
    means: 'signed-in',
  },
  'POST /sign-out': { limits: usual, means: 'signed-out', endsSessions: true },
  'POST /request-password-reset': {
    body: z.object({ email: strictEmail, redirectTo: ownPath.optional() }),
    limits: sending,
    letter: 'reset',
  },
  'POST /send-verification-email': {
    body: z.object({ email: strictEmail, callbackURL: ownPath.optional() }),
    limits: sending,
    letter: 'verify',
  },
  'POST /reset-password': {
    body: z.object({ newPassword: password, token }),
    limits: [{ by: 'address', points: 20, seconds: minutes(10) }],
    endsSessions: true,
  },
  'GET /verify-email': {
    query: z.object({ token: z.string().min(1).max(2000), callbackURL: ownPath.optional() }),
    limits: [{ by: 'address', points: 60, seconds: minutes(10) }],
  },
  'POST /change-password': {
    body: z.object({
      currentPassword: password,
      newPassword: password,
      revokeOtherSessions: z.boolean().optional(),
    }),
    limits: [{ by: 'address', points: 10, seconds: minutes(10) }],
    means: 'password-changed',
    endsSessions: true,
  },
  'GET /get-session': { limits: usual },
  'GET /list-sessions': { limits: usual },
  'POST /revoke-session': { body: z.object({ token }), limits: usual, endsSessions: true },
  'POST /revoke-sessions': { limits: usual, endsSessions: true },
  'POST /revoke-other-sessions': { limits: usual, endsSessions: true },
};
