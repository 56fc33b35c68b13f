/** What every part of the measuring protocol hands back. Knows the shape of a result, and no protocol. */
export type ProtocolResult = {
  protocol: string;
  data: string;
  setup: Record<string, unknown>;
  rows: {
    name: string;
    metrics: Record<string, number>;
    spread?: Record<string, number>;
    seconds?: number;
  }[];
  /** What is different from the set-up of the figures this stands beside. */
  differs: string[];
};
