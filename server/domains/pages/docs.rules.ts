import { apiRoutes } from '../../../contract/api.ts';
import { refusals } from '../../../contract/errors.ts';
import type { Route } from '../../../contract/route.ts';
import { impliedCodes } from './api-description.rules.ts';
import { escapeHtml } from './html.rules.ts';

/** The API for people to read: every operation with who may call it and what it may refuse. Made from the contract. */
export function docsPage(site: string): string {
  const operations = (apiRoutes as unknown as Route[])
    .map((route) => {
      const codes = [...impliedCodes(route), ...(route.errors ?? [])];
      const links = codes.map((code) => `<a href="#error-${code}">${code}</a>`).join(', ');
      return `<section id="${route.name}"><h3><code>${route.method.toUpperCase()}</code> <code>${escapeHtml(route.path)}</code></h3>
<p>${escapeHtml(route.summary)}.</p><p class="facts">Who: ${route.access}${route.limit ? ` · at most ${route.limit.points} in ${route.limit.seconds} s` : ''}${links ? ` · refuses: ${links}` : ''}</p></section>`;
    })
    .join('\n');
  const errors = Object.entries(refusals)
    .map(
      ([code, [status, title]]) =>
        `<tr id="error-${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title)}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API · ${escapeHtml(site)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1.5rem}
h3{font-size:1rem;margin:1.8rem 0 .2rem;overflow-wrap:anywhere}code{font-size:.95em}p{margin:.2rem 0}.facts{opacity:.75;font-size:.9rem}
table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.3rem .6rem;border-bottom:1px solid #8884}:target{outline:2px solid #ffb224}</style></head>
<body><main><h1>The API of ${escapeHtml(site)}</h1>
<p>The same as data: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1). Signing up, in and out, sessions, verification and reset are better-auth's own routes under <code>/api/auth</code>. Every error is a problem document (RFC 9457) with one of the codes below.</p>
<h2>Operations</h2>${operations}
<h2>Errors</h2><table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>${errors}</tbody></table></main></body></html>`;
}
