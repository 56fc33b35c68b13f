import { type Logger, pino } from 'pino';

/** Structured lines on standard output; what could identify a person or open a door is never written. */
export type Log = Logger;

export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.password', '*.token', '*.cookie', '*.email', 'headers.cookie', 'headers.authorization'],
      censor: '[hidden]',
    },
  });
}
