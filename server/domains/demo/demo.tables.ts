export type DemoTables = {
  demo_state: { only_row: boolean; state: 'making' | 'ready' | 'removing' | 'removed' };
  demo_clips: { clip_id: string; video_id: string; made_at: Date };
};
