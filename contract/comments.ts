import { z } from 'zod';
import { Person } from './accounts.ts';
import { CommentId, VideoId } from './ids.ts';
import { route } from './route.ts';
import { CaptionEntity, CommentsFrom } from './videos.ts';

/** Characters as people count them, after spaces at the ends are cut off. */
export const commentLength = 500;

export const Comment = z
  .object({
    id: CommentId,
    videoId: VideoId,
    author: Person,
    /** Written by the video's creator. */
    creator: z.boolean(),
    text: z.string(),
    entities: z.array(CaptionEntity),
    /** The comment that this answers; an answer to an answer stands under the same comment. */
    replyTo: CommentId.nullable(),
    replies: z.number().int().min(0),
    mine: z.boolean(),
    mayDelete: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Comment' });
export type Comment = z.infer<typeof Comment>;

const Page = z.object({
  comments: z.array(Comment),
  next: z.string().nullable(),
  hidden: z.number().int().min(0).meta({ description: 'Left out of this page for the viewer’s muted words' }),
});

/** Why this viewer may not comment: `not_signed_in` would be enough, the others are the creator's choice. */
export const WhyNot = z.enum(['not_signed_in', 'followers', 'nobody', 'not_published']);
export type WhyNot = z.infer<typeof WhyNot>;

export const CommentPage = Page.extend({
  count: z.number().int().min(0).meta({ description: 'All comments of the video, replies among them' }),
  canComment: z.boolean(),
  whyNot: WhyNot.nullable(),
}).meta({ id: 'CommentPage' });
export type CommentPage = z.infer<typeof CommentPage>;

export const ReplyPage = Page.meta({ id: 'ReplyPage' });
export type ReplyPage = z.infer<typeof ReplyPage>;

const CommentQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(20).default(20),
});
const ofVideo = z.object({ id: VideoId });
const ofComment = z.object({ id: CommentId });

export const videoComments = route({
  name: 'videoComments',
  method: 'get',
  path: '/api/videos/{id}/comments',
  access: 'viewer',
  summary: 'Comments on a video that this viewer may see, newest first, without replies',
  params: ofVideo,
  query: CommentQuery,
  reply: CommentPage,
  errors: ['cursor_invalid'],
});

export const commentReplies = route({
  name: 'commentReplies',
  method: 'get',
  path: '/api/comments/{id}/replies',
  access: 'viewer',
  summary: 'What was answered to a comment, oldest first',
  params: ofComment,
  query: CommentQuery,
  reply: ReplyPage,
  errors: ['cursor_invalid'],
});

export const writeComment = route({
  name: 'writeComment',
  method: 'post',
  path: '/api/videos/{id}/comments',
  access: 'member',
  summary: 'Comment on a video, or answer a comment. Again with the same key: the same comment',
  params: ofVideo,
  body: z
    .object({
      key: z.uuid().meta({ description: 'Made in the browser, once for each comment' }),
      // 500 characters as people count them; here only what no comment can need is cut off.
      text: z.string().max(4000),
      replyTo: CommentId.nullable().default(null),
    })
    .strict(),
  reply: z.object({ comment: Comment, count: z.number().int() }),
  status: 201,
  errors: ['comment_invalid', 'comments_closed', 'comment_gone', 'gone', 'conflict'],
});

export const deleteComment = route({
  name: 'deleteComment',
  method: 'delete',
  path: '/api/comments/{id}',
  access: 'owner',
  summary:
    'Delete a comment with its replies: by who wrote it, the video’s creator or an operator. Again: the same answer',
  params: ofComment,
  reply: z.object({ count: z.number().int() }),
});

/** A comment with the video it stands under, as the desk shows it. */
export const DeskComment = Comment.extend({
  video: z.object({ id: VideoId, handle: z.string(), caption: z.string() }),
}).meta({ id: 'DeskComment' });
export type DeskComment = z.infer<typeof DeskComment>;

export const deskComments = route({
  name: 'deskComments',
  method: 'get',
  path: '/api/desk/comments',
  access: 'operator',
  summary: 'Comments and replies under all videos that this operator may see, newest first',
  query: CommentQuery,
  reply: z.object({ comments: z.array(DeskComment), next: z.string().nullable() }),
  errors: ['cursor_invalid'],
});

export const getCommenting = route({
  name: 'getCommenting',
  method: 'get',
  path: '/api/me/commenting',
  access: 'member',
  summary: 'Who may comment on my videos from the start',
  reply: z.object({ commentsFrom: CommentsFrom }),
});

export const setCommenting = route({
  name: 'setCommenting',
  method: 'put',
  path: '/api/me/commenting',
  access: 'member',
  summary:
    'Who may comment on my videos: on those I publish from now on, or on the earlier ones and those that wait, too',
  body: z.object({ commentsFrom: CommentsFrom, earlierToo: z.boolean().default(false) }).strict(),
  reply: z.object({ commentsFrom: CommentsFrom }),
});

export const commentRoutes = [
  videoComments,
  commentReplies,
  writeComment,
  deleteComment,
  deskComments,
  getCommenting,
  setCommenting,
] as const;
