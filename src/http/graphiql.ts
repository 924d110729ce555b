import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import { PURPOSES } from "../access/purpose.ts";

export interface GraphiqlOptions {
  /** Where the page sends its queries, on the same origin. */
  graphqlPath: string;
  /** What stands in the editor when it is first opened. */
  defaultQuery: string;
}

const require = createRequire(import.meta.url);
/** By path: the packages' `exports` hide their browser files from require.resolve. */
const ofPackage = (name: string, file: string): string => join(dirname(require.resolve(`${name}/package.json`)), file);
const ofOurs = (file: string): string => join(import.meta.dirname, file);

const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";
const ASSETS = [
  { path: "react.js", type: SCRIPT, file: ofPackage("react", "umd/react.production.min.js") },
  { path: "react-dom.js", type: SCRIPT, file: ofPackage("react-dom", "umd/react-dom.production.min.js") },
  { path: "graphiql.js", type: SCRIPT, file: ofPackage("graphiql", "graphiql.min.js") },
  { path: "graphiql.css", type: STYLE, file: ofPackage("graphiql", "graphiql.min.css") },
  { path: "page.css", type: STYLE, file: ofOurs("graphiql-page.css") },
  { path: "init.js", type: SCRIPT, file: ofOurs("graphiql-init.js") },
] as const;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // GraphiQL's dialogs write style elements; styles alone cannot send anything out under this policy.
  "style-src 'self' 'unsafe-inline'",
  // Its stylesheet carries its fonts and cursors inside.
  "font-src data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** GraphiQL at /graphiql, from files of npm packages: nothing is loaded from elsewhere. For development. */
export function registerGraphiql(app: FastifyInstance, options: GraphiqlOptions): void {
  const html = page(options);
  app.get("/graphiql", (_request, reply) => send(reply, "text/html; charset=utf-8", html));
  for (const { path, type, file } of ASSETS) {
    const content = readFileSync(file);
    app.get(`/graphiql/${path}`, (_request, reply) => send(reply, type, content));
  }
}

function send(reply: FastifyReply, type: string, content: string | Buffer): FastifyReply {
  return reply
    .headers({
      "content-type": type,
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-cache",
    })
    .send(content);
}

const page = ({ graphqlPath, defaultQuery }: GraphiqlOptions): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Nivel – GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<link rel="stylesheet" href="/graphiql/page.css">
</head>
<body data-graphql-path="${escaped(graphqlPath)}" data-default-query="${escaped(defaultQuery)}">
<div id="caller">
<label>Access token <input id="token" autocomplete="off" spellcheck="false" placeholder="npm run -s nivel -- token prison-worker"></label>
<label>Purpose (nivel-purpose)
<select id="purpose"><option value="">none</option>${PURPOSES.map((purpose) => `<option>${purpose}</option>`).join("")}</select>
</label>
</div>
<div id="graphiql"></div>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script src="/graphiql/init.js"></script>
</body>
</html>
`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
