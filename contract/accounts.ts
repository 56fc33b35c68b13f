import { z } from 'zod';
import { AccountId, ViewerId } from './ids.ts';
import { route } from './route.ts';

export const Role = z.enum(['member', 'operator']);
export type Role = z.infer<typeof Role>;

export const Handle = z.string().min(2).max(60);

/** What anybody may know of a person. */
export const Person = z
  .object({
    id: AccountId,
    handle: z.string(),
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    demo: z.boolean(),
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof Person>;

/** The signed-in person, to themselves. */
export const Me = Person.extend({
  email: z.string(),
  emailVerified: z.boolean(),
  bio: z.string(),
  language: z.string().nullable(),
  birthDateSet: z.boolean(),
  role: Role,
}).meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const Session = z
  .object({ viewerId: ViewerId, me: Me.nullable() })
  .meta({ id: 'Session', description: 'Who is calling: always a viewer, perhaps a member' });
export type Session = z.infer<typeof Session>;

export const getSession = route({
  name: 'getSession',
  method: 'get',
  path: '/api/session',
  access: 'viewer',
  summary: 'Who am I: the viewer of this device, and the member when signed in',
  reply: Session,
});

export const ProfileChange = z
  .object({
    displayName: z.string().trim().min(1).max(50),
    bio: z.string().max(300),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
      .nullable(),
    handle: Handle,
  })
  .partial()
  .strict();
export type ProfileChange = z.infer<typeof ProfileChange>;

export const changeProfile = route({
  name: 'changeProfile',
  method: 'patch',
  path: '/api/me',
  access: 'member',
  summary: 'Change display name, bio, language or handle',
  body: ProfileChange,
  reply: Me,
  errors: ['handle_taken', 'handle_invalid'],
});

export const setBirthDate = route({
  name: 'setBirthDate',
  method: 'put',
  path: '/api/me/birth-date',
  access: 'member',
  summary: 'Give the date of birth, once',
  body: z.object({ birthDate: z.iso.date() }).strict(),
  reply: Me,
  errors: ['birth_date_already_set', 'birth_date_invalid'],
});

export const setAvatar = route({
  name: 'setAvatar',
  method: 'put',
  path: '/api/me/avatar',
  access: 'member',
  summary: 'Set the picture: the body is a JPEG, PNG, WebP or AVIF of at most 8 MB',
  raw: 'bytes',
  reply: Me,
  errors: ['picture_invalid', 'too_large'],
  limit: { points: 20, seconds: 3600 },
});

export const removeAvatar = route({
  name: 'removeAvatar',
  method: 'delete',
  path: '/api/me/avatar',
  access: 'member',
  summary: 'Remove the picture',
  reply: Me,
});

export const checkHandle = route({
  name: 'checkHandle',
  method: 'get',
  path: '/api/handles/{handle}',
  access: 'viewer',
  summary: 'Is this handle free? Look-alikes in other scripts count as the same',
  params: z.object({ handle: z.string().min(1).max(80) }),
  reply: z.object({
    handle: z.string(),
    free: z.boolean(),
    code: z.enum(['handle_taken', 'handle_invalid']).nullable(),
  }),
  limit: { points: 60, seconds: 60 },
});

export const deleteAccount = route({
  name: 'deleteAccount',
  method: 'post',
  path: '/api/me/delete',
  access: 'member',
  summary:
    'Leave for good: the account, its videos and everything else of this person; nothing brings them back',
  body: z.object({ password: z.string().min(1).max(1000) }).strict(),
  reply: z.object({ left: z.literal(true) }),
  errors: ['password_wrong', 'operator_stays'],
  limit: { points: 10, seconds: 600 },
});

export const claimOperator = route({
  name: 'claimOperator',
  method: 'post',
  path: '/api/operator/claim',
  access: 'member',
  summary: 'Become operator with the one-time link that the first start prints',
  body: z.object({ token: z.string().min(8).max(200) }).strict(),
  reply: Me,
  errors: ['claim_invalid'],
  limit: { points: 10, seconds: 600 },
});

export const accountRoutes = [
  getSession,
  changeProfile,
  setBirthDate,
  setAvatar,
  removeAvatar,
  checkHandle,
  deleteAccount,
  claimOperator,
] as const;
