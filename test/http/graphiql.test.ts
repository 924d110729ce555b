import { existsSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { buildSchema, graphql } from "graphql";
import { pino } from "pino";
import { type Browser, type Page, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerGraphiql } from "../../src/http/graphiql.ts";
import { createServer } from "../../src/http/server.ts";

const SCHEMA = buildSchema(`
  "The queries of the hub."
  type Query { "Says whom it greets." greeting(name: String!): String! }
`);
const DEFAULT_QUERY = '# <b>"A & B"</b>\n{ greeting(name: "Åsa") }';
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
type Asked = { query: string; authorization: string | undefined; purpose: string | undefined };

describe("the GraphiQL page", () => {
  let app: FastifyInstance;
  let asked: Asked[];
  let address: string;

  beforeAll(async () => {
    asked = [];
    // With the headers that every answer of the hub has.
    app = createServer({ logger: pino({ level: "silent" }), production: false, requestIdOf: () => undefined });
    registerGraphiql(app, { graphqlPath: "/graphql", defaultQuery: DEFAULT_QUERY });
    app.post<{ Body: { query: string } }>("/graphql", async (request) => {
      asked.push({
        query: request.body.query,
        authorization: request.headers.authorization,
        purpose: request.headers["nivel-purpose"] as string | undefined,
      });
      return graphql({
        schema: SCHEMA,
        source: request.body.query,
        rootValue: { greeting: ({ name }: { name: string }) => `Terve ${name}` },
      });
    });
    address = await app.listen({ port: 0, host: "127.0.0.1" });
  });
  afterAll(() => app.close());

  it("is served with everything it needs, and needs nothing from elsewhere", async () => {
    const page = await app.inject("/graphiql");
    expect(page.statusCode).toBe(200);
    const links = [...page.body.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? "");
    const own = links.filter((link) => !link.startsWith("data:"));
    expect(own).toHaveLength(6);
    for (const link of own) {
      expect(link).toMatch(/^\/graphiql\/[\w.-]+$/);
      const file = await app.inject(link);
      expect(file.statusCode).toBe(200);
      expect(file.headers["content-type"]).toMatch(link.endsWith(".css") ? /^text\/css/ : /^text\/javascript/);
      expect(file.body.length).toBeGreaterThan(100);
    }
  });

  it("runs no inline script and talks to no other origin, by policy", async () => {
    const page = await app.inject("/graphiql");
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toMatch(/^default-src 'none'/);
    expect(page.body).not.toMatch(/<script(?![^>]* src=)|\son\w+=|javascript:/i);
  });

  it("carries the query as text, whatever it holds", async () => {
    const { body } = await app.inject("/graphiql");
    expect(body).not.toContain('"A & B"');
    expect(body).toContain("&#60;b&#62;&#34;A &#38; B&#34;&#60;/b&#62;");
  });

  describe.skipIf(!CHROMIUM)("in a browser", () => {
    let browser: Browser;
    let page: Page;
    let complaints: string[];

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: ["--no-sandbox", "--disable-gpu"] });
      page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      complaints = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        if (!request.url().startsWith(address) && !request.url().startsWith("data:")) complaints.push(request.url());
      });
      await page.goto(`${address}/graphiql#token=token-of-the-fragment`);
      await page.waitForSelector(".graphiql-execute-button");
    });
    afterAll(() => browser.close());

    it("takes the token out of the address", async () => {
      expect(await page.inputValue("#token")).toBe("token-of-the-fragment");
      expect(page.url()).toBe(`${address}/graphiql`);
      await expect.poll(() => asked.at(0)?.authorization).toBe("Bearer token-of-the-fragment");
    });

    it("runs the query that is typed, as the caller and for the purpose chosen", async () => {
      await page.fill("#token", "token-of-the-box");
      await page.selectOption("#purpose", "ENFORCEMENT");
      await page.locator(".graphiql-query-editor .CodeMirror").click();
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText('query Typed { greeting(name: "Đorđe") }');
      await page.click(".graphiql-execute-button");
      await page.waitForSelector('.result-window:has-text("Terve Đorđe")');
      expect(asked.at(-1)).toMatchObject({
        query: expect.stringContaining("query Typed") as string,
        authorization: "Bearer token-of-the-box",
        purpose: "ENFORCEMENT",
      });
    });

    it("shows the documentation of the schema", async () => {
      await page.click('button[aria-label="Show Documentation Explorer"]');
      await page.click('.graphiql-doc-explorer a:has-text("Query")');
      await page.waitForSelector('.graphiql-doc-explorer:has-text("Says whom it greets.")');
      if (process.env["NIVEL_SCREENSHOT"]) await page.screenshot({ path: process.env["NIVEL_SCREENSHOT"] });
    });

    it("opens its dialogs", async () => {
      await page.click('button[aria-label="Open settings dialog"]');
      await page.waitForSelector(".graphiql-dialog");
      await page.keyboard.press("Escape");
      await page.click('button[aria-label="Open short keys dialog"]');
      await page.waitForSelector(".graphiql-dialog");
    });

    it("broke no rule of its policy and asked no other host", () => {
      expect(complaints).toEqual([]);
    });
  });
});
