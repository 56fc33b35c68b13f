import { isIP } from 'node:net';
import { resolve } from 'node:path';

/**
 * The only place that reads the environment. Every fault is reported at once, in words an operator can act on;
 * the result is frozen. Numbers an operator turns while it runs are tunables (rows), not settings.
 */
export type Config = Readonly<{
  port: number;
  host: string;
  /** Origin people reach us at, without a trailing slash; null: whatever host of this machine they used. */
  publicUrl: string | null;
  home: string;
  databaseUrl: string | null;
  demo: 'auto' | 'on' | 'off';
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  smtpUrl: string | null;
  mailFrom: string;
  storage: { kind: 'folder' } | ({ kind: 's3' } & S3Settings);
  transcodes: number;
  /** Path of a whisper model (ggml); null: nobody listens. */
  speechModel: string | null;
  /** Path of a Chromium that makes videos for people whose browser cannot; null: one that is found; `off`: none. */
  chromium: string | null;
  /** Off lets it run without its own walls, where the machine gives it none. */
  chromiumSandbox: 'on' | 'off';
  name: string;
  /** The country this server is run for (ISO 3166): sounds that may not be used there cannot be; null: for all. */
  market: string | null;
}>;

export type S3Settings = Readonly<{
  endpoint: string | null;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  pathStyle: boolean;
}>;

export class ConfigFaults extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `The settings have ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.name = 'ConfigFaults';
    this.faults = faults;
  }
}

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Reads settings from an environment; throws ConfigFaults naming every wrong value. */
export function readConfig(env: Record<string, string | undefined>, folder: string): Config {
  const faults: string[] = [];
  const text = (name: string) => (env[name]?.trim() ? env[name].trim() : null);
  const oneOf = <T extends string>(name: string, allowed: readonly T[], standard: T): T => {
    const value = text(name);
    if (value === null) return standard;
    if ((allowed as readonly string[]).includes(value)) return value as T;
    faults.push(`${name} is "${value}"; it must be one of: ${allowed.join(', ')}`);
    return standard;
  };
  const whole = (name: string, min: number, max: number, standard: number): number => {
    const value = text(name);
    if (value === null) return standard;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    faults.push(`${name} is "${value}"; it must be a whole number from ${min} to ${max}`);
    return standard;
  };
  const url = (name: string, schemes: readonly string[]): URL | null => {
    const value = text(name);
    if (value === null) return null;
    const parsed = URL.canParse(value) ? new URL(value) : null;
    if (parsed && schemes.includes(parsed.protocol)) return parsed;
    faults.push(`${name} is not an address that starts with ${schemes.map((s) => `${s}//`).join(' or ')}`);
    return null;
  };

  const host = text('HOST') ?? '127.0.0.1';
  if (!isIP(host) && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)) {
    faults.push(`HOST is "${host}"; it must be an IP address or a host name`);
  }
  const publicUrl = url('PUBLIC_URL', ['http:', 'https:']);
  if (publicUrl && (publicUrl.pathname !== '/' || publicUrl.search || publicUrl.hash)) {
    faults.push('PUBLIC_URL must be an origin without a path, like https://videos.example');
  }
  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']) ? text('DATABASE_URL') : null;
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:']) ? text('SMTP_URL') : null;
  const config: Config = {
    port: whole('PORT', 0, 65535, 3000),
    host,
    publicUrl: publicUrl?.origin ?? null,
    home: resolve(folder, text('KINORA_HOME') ?? '.kinora'),
    databaseUrl,
    demo: text('KINORA_DEMO') === null ? 'auto' : oneOf('KINORA_DEMO', ['on', 'off'], 'off'),
    logLevel: oneOf('LOG_LEVEL', levels, 'info'),
    smtpUrl,
    mailFrom: text('MAIL_FROM') ?? 'Kinora <kinora@localhost>',
    storage: readStorage(text, oneOf, url, faults),
    transcodes: whole('KINORA_TRANSCODES', 1, 64, 1),
    speechModel: text('KINORA_SPEECH_MODEL') && resolve(folder, text('KINORA_SPEECH_MODEL')!),
    chromium:
      text('KINORA_CHROMIUM') === 'off'
        ? 'off'
        : text('KINORA_CHROMIUM') && resolve(folder, text('KINORA_CHROMIUM')!),
    chromiumSandbox: oneOf('KINORA_CHROMIUM_SANDBOX', ['on', 'off'], 'on'),
    name: text('KINORA_NAME') ?? 'Kinora',
    market: text('KINORA_MARKET'),
  };
  if (config.market && !/^[A-Z]{2}$/.test(config.market)) {
    faults.push(`KINORA_MARKET is "${config.market}"; it must be a country's two capital letters, like DE`);
  }
  if (faults.length > 0) throw new ConfigFaults(faults);
  return Object.freeze(config);
}

function readStorage(
  text: (name: string) => string | null,
  oneOf: <T extends string>(name: string, allowed: readonly T[], standard: T) => T,
  url: (name: string, schemes: readonly string[]) => URL | null,
  faults: string[],
): Config['storage'] {
  if (oneOf('KINORA_STORAGE', ['folder', 's3'], 'folder') === 'folder') return { kind: 'folder' };
  const needed = (name: string) => {
    const value = text(name);
    if (value === null) faults.push(`${name} is needed when KINORA_STORAGE is s3`);
    return value ?? '';
  };
  return {
    kind: 's3',
    endpoint: url('S3_ENDPOINT', ['http:', 'https:'])?.href ?? null,
    region: text('S3_REGION') ?? 'us-east-1',
    bucket: needed('S3_BUCKET'),
    accessKeyId: needed('S3_ACCESS_KEY_ID'),
    secretAccessKey: needed('S3_SECRET_ACCESS_KEY'),
    pathStyle: oneOf('S3_PATH_STYLE', ['true', 'false'], 'true') === 'true',
  };
}
