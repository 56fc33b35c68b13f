import { Socket } from 'node:net';
import pg from 'pg';

/**
 * A few connections for short questions, each with many under way at once: what is asked in one turn of the event
 * loop goes out in one write and comes back together. Answers come in the order of the questions, so nothing slow,
 * nothing that waits for a lock or a disk, and no transaction belongs here.
 */
export type Lines = {
  /** Each connection has the statement parsed and planned once under its name. */
  ask(statement: { name: string; text: string; values: unknown[] }): Promise<unknown[]>;
  close(): Promise<void>;
};

type Line = { client: pg.Client; socket: Socket; ready: Promise<unknown>; waiting: number; broken: boolean };

export function openLines(url: string, most: number): Lines {
  const lines: Line[] = [];
  /** The one that takes the questions of this turn. */
  let taking: Line | null = null;

  const open = (): Line => {
    const socket = new Socket();
    const client = new pg.Client({
      connectionString: url,
      stream: () => socket,
      pipeline: true,
    } as pg.ClientConfig);
    const line: Line = { client, socket, ready: client.connect(), waiting: 0, broken: false };
    // Its questions reject, which is where it is decided upon; the next ones go to a new connection.
    const drop = () => {
      line.broken = true;
      const at = lines.indexOf(line);
      if (at >= 0) lines.splice(at, 1);
    };
    client.on('error', drop);
    client.on('end', drop);
    line.ready.catch(drop);
    lines.push(line);
    return line;
  };

  const choose = (): Line => {
    const free = lines.reduce<Line | null>(
      (best, one) => (best && best.waiting <= one.waiting ? best : one),
      null,
    );
    return free && (free.waiting === 0 || lines.length >= most) ? free : open();
  };

  return {
    async ask(statement) {
      if (!taking || taking.broken) {
        const line = choose();
        taking = line;
        line.socket.cork();
        process.nextTick(() => {
          if (taking === line) taking = null;
          line.socket.uncork();
        });
      }
      const line = taking;
      line.waiting++;
      try {
        return (await line.client.query(statement)).rows;
      } finally {
        line.waiting--;
      }
    },
    async close() {
      await Promise.all(lines.map((line) => line.client.end()));
    },
  };
}
