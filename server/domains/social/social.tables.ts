export type SocialTables = {
  follows: { follower_id: string; followed_id: string; followed_at: Date };
  follow_counts: { account_id: string; followers: number; following: number };
  likes: { video_id: string; account_id: string; author_id: string; liked_at: Date };
  like_counts: { video_id: string; author_id: string; likes: number };
  likes_received: { author_id: string; likes: number };
  likes_closed: { video_id: string; closed_at: Date };
};
