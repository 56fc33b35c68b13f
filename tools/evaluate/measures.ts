/** Results as tables: on the terminal, and in docs/measures.md, where each protocol has a place between two marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { ProtocolResult } from './protocol.ts';

const FILE = new URL('../../docs/measures.md', import.meta.url);

const shown = (value: number | undefined) =>
  value === undefined ? '' : Number.isInteger(value) ? `${value}` : `${Number(value.toFixed(4))}`;

/** A Markdown table: one row a contender, one column a figure, spreads after ±. */
export function tableOf(result: ProtocolResult): string {
  const names = [...new Set(result.rows.flatMap((row) => Object.keys(row.metrics)))];
  const lines = result.rows.map((row) => {
    const cells = names.map((name) => {
      const spread = row.spread?.[name];
      return `${shown(row.metrics[name])}${spread ? ` ± ${shown(spread)}` : ''}`;
    });
    return `| ${[row.name, ...cells, shown(row.seconds)].join(' | ')} |`;
  });
  return [
    `### ${result.protocol}`,
    '',
    `Data: ${result.data}.`,
    '',
    `| | ${names.join(' | ')} | seconds |`,
    `| --- |${names.map(() => ' ---: |').join('')} ---: |`,
    ...lines,
    '',
    `Set-up: \`${JSON.stringify(result.setup, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value))}\``,
    '',
    ...result.differs.map((one) => `- ${one}`),
  ].join('\n');
}

/** Replaces what stands between the marks of the protocol; both marks must be there, once. */
export function withResult(text: string, number: number, result: ProtocolResult): string {
  const [start, end] = [`<!-- ${number} -->`, `<!-- /${number} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/measures.md has no place for protocol ${number}`);
  return `${text.slice(0, from + start.length)}\n${tableOf(result)}\n${text.slice(to)}`;
}

export function writeMeasures(number: number, result: ProtocolResult): void {
  writeFileSync(FILE, withResult(readFileSync(FILE, 'utf8'), number, result));
}
