import type { Generated } from 'kysely';

/** The tables of this room; auth_accounts and auth_verifications are better-auth's, and named here only where we look or clean up. */
export type AccountTables = {
  auth_users: {
    id: string;
    name: string;
    email: string;
    email_verified: boolean;
    wished_handle: string | null;
    language: string | null;
    guest_viewer_id: string | null;
    created_at: Date;
  };
  auth_accounts: { id: string; user_id: string; provider_id: string; password: string | null };
  auth_sessions: { id: string; token: string; user_id: string; expires_at: Date; updated_at: Date };
  auth_verifications: { id: string; identifier: string; value: string; expires_at: Date };
  people: PeopleTable;
  people_words: { word: string; account_id: string };
  viewer_joins: { from_viewer_id: string; to_viewer_id: string; joined_at: Date };
  left_handles: { skeleton_hash: Buffer };
  operator_claims: { id: number; token_hash: string; created_at: Date };
};

export type PeopleTable = {
  account_id: string;
  viewer_id: string;
  handle: string;
  skeleton: string;
  display_name: string;
  bio: Generated<string>;
  language: string | null;
  /** A calendar date as text, YYYY-MM-DD. */
  birth_date: string | null;
  role: Generated<'member' | 'operator'>;
  avatar_version: string | null;
  demo_handle: string | null;
  created_at: Date;
};
