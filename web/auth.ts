import { call } from './api.ts';

/**
 * Signing up, in and out, passwords and sessions: the HTTP of better-auth under `/api/auth`, as thin functions.
 * Refusals come as `ApiProblem` with better-auth's own codes (`INVALID_EMAIL_OR_PASSWORD`…). Knows no component;
 * whoever signs in or out refreshes the session afterwards.
 */
export type AuthSession = {
  id: string;
  token: string;
  createdAt: string;
  updatedAt: string;
  expiresAt: string;
  ipAddress?: string | null;
  userAgent?: string | null;
};

/** The bounds the server sets. */
export const passwordLength = { min: 10, max: 128 } as const;

const post = <Reply = unknown>(path: string, body: object = {}) =>
  call<Reply>('POST', `/api/auth${path}`, { body });

export const auth = {
  signUp: (person: { email: string; password: string; name: string; handle: string; language: string }) =>
    post<{ token: string | null }>('/sign-up/email', person),
  signIn: (email: string, password: string) => post('/sign-in/email', { email, password }),
  signOut: () => post('/sign-out'),
  /** Answers the same whether the address is known or not. */
  requestPasswordReset: (email: string, redirectTo: string) =>
    post('/request-password-reset', { email, redirectTo }),
  resetPassword: (newPassword: string, token: string) => post('/reset-password', { newPassword, token }),
  changePassword: (currentPassword: string, newPassword: string, revokeOtherSessions: boolean) =>
    post('/change-password', { currentPassword, newPassword, revokeOtherSessions }),
  sendVerificationEmail: (email: string, callbackURL: string) =>
    post('/send-verification-email', { email, callbackURL }),
  verifyEmail: (token: string) => call('GET', '/api/auth/verify-email', { query: { token } }),
  /** The session this device uses, to mark it in the list; null when signed out. */
  currentSession: () => call<{ session: AuthSession } | null>('GET', '/api/auth/get-session'),
  listSessions: () => call<AuthSession[]>('GET', '/api/auth/list-sessions'),
  endSession: (token: string) => post('/revoke-session', { token }),
  endOtherSessions: () => post('/revoke-other-sessions'),
} as const;
