import { beforeAll, describe, expect, it } from "vitest";
import { AuditEventEntity } from "../../src/audit/audit.entity.ts";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { AcceptReferralDocument, ReceiveReferralDocument } from "../../src/cli/operations.generated.ts";
import type { LocalizedText } from "../../src/kernel/text.ts";
import { letters, readPdf } from "../forms/read-pdf.ts";
import { countyWorkerOf, freshPerson, testFront } from "../http/front.ts";
import { readCase, widestConsent, withConsent } from "../support/case-client.ts";
import { allRows } from "../support/audit-rows.ts";
import { sendText } from "../support/hub.ts";
import { type Sent, inInbox, sent } from "../referrals/sent.ts";

interface Entry {
  at: string;
  kind: string;
  who: { name: string | null; role: LocalizedText; organisation: LocalizedText };
  data: { category: string | null }[];
  registers: LocalizedText[];
  purpose: LocalizedText | null;
  bases: { citation: string; consentGivenOn: string | null }[];
  sentTo: LocalizedText | null;
  sentence: LocalizedText;
}

const TEXT = "{ fi sv en }";
const ENTRY = `at kind did ${TEXT} who { name role ${TEXT} organisation ${TEXT} } data { category text ${TEXT} }
  registers ${TEXT} purpose ${TEXT} bases { citation text ${TEXT} consentGivenOn } sentTo ${TEXT} sentence ${TEXT}`;

interface Page {
  edges: { cursor: string; node: Entry }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const pageOf = async (app: AppClient, args = "first: 100"): Promise<Page> => {
  const { data, errors } = await sendText(
    app,
    `{ myTrace(${args}) { edges { cursor node { ${ENTRY} } } pageInfo { hasNextPage endCursor } } }`,
  );
  if (errors) throw new Error(errors[0]!.message);
  return (data as unknown as { myTrace: Page }).myTrace;
};
const traceOf = async (app: AppClient, args?: string): Promise<Entry[]> =>
  (await pageOf(app, args)).edges.map(({ node }) => node);

const personOf = async ({ person }: Pick<Sent, "person">): Promise<AppClient> => {
  const { as } = await testFront();
  return as(
    { id: `person-${person.index}`, role: "PERSON", unit: null, name: "Đorđe Šimić", hetu: person.hetu },
    "OWN_DATA",
  );
};

let story: Sent;
let person: AppClient;
let entries: Entry[];
let countyName: string;

beforeAll(async () => {
  story = await sent();
  const { worker, caseId, county, documentId } = story;
  const countyWorker = await countyWorkerOf(county);
  const received = (await inInbox(countyWorker, documentId))!;
  await ask(countyWorker, ReceiveReferralDocument, { referralId: received.id });
  const { version } = (await inInbox(countyWorker, documentId))!;
  await ask(countyWorker, AcceptReferralDocument, {
    input: { referralId: received.id, version: version!, ownWorker: { name: "Outi Mallisaari" } },
  });
  const consent = { ...widestConsent(caseId), disclosers: ["KELA" as const], receiver: "RISE" as const };
  await withConsent(worker, consent, () => readCase(worker, caseId, ["benefits.benefits", "sentence.sanction"]));
  person = await personOf(story);
  entries = await traceOf(person);
  countyName = entries.find((entry) => entry.kind === "SENT")!.sentTo!.fi;
}, 240_000);

describe("the person's own log", () => {
  it("tells newest first who looked, by name and unit, at what, why and on which basis", () => {
    const times = entries.map((entry) => entry.at);
    expect(times).toEqual([...times].sort().reverse());
    const look = entries.find(
      (entry) => entry.kind === "RECEIVED" && entry.data.some((d) => d.category === "BENEFITS"),
    )!;
    expect(look.who.name).toBe(`Worker officer-${story.unit}`);
    expect(look.data.map((one) => one.category)).toEqual(["BENEFITS", "SANCTION", "SENTENCE_DATES"]);
    expect(look.purpose!.fi).toBe("toimeentulotuki");
    expect(look.bases.map((basis) => basis.consentGivenOn !== null).sort()).toEqual([false, true]);
    expect(look.sentence.fi).toMatch(
      /^Worker officer-.* \(vankilan työntekijä, .+\) katsoi tietojasi: etuudet; mikä seuraamus sinulla on; rangaistuksen alku ja loppu\. Tiedot antoi: Rikosseuraamuslaitos, Kela\. Syy: toimeentulotuki\. Perusteet: Rikos.+ \(1301\/2021 5-9 §\); suostumuksesi, jonka annoit \d/,
    );
  });

  it("tells what was sent in the person's name and to whom, and that the county took it up", () => {
    const [send] = entries.filter((entry) => entry.kind === "SENT");
    expect(send!.sentence.fi).toContain(`lähetti hakemuksesi`);
    expect(send!.sentence.fi).toContain(`Vastaanottaja: ${countyName}.`);
    expect(countyName).toMatch(/hyvinvointialue|kaupunki|maakunta/);
    const took = entries.filter((entry) => entry.kind === "TOOK_IN").map((entry) => entry.sentence.fi);
    expect(took.some((text) => text.includes("otti hakemuksesi käsiteltäväksi"))).toBe(true);
    expect(took.some((text) => text.includes("otti hakemuksesi vastaan"))).toBe(true);
  });

  it("speaks three languages and names no path, code or id", () => {
    for (const { sentence } of entries) {
      for (const text of Object.values(sentence)) {
        expect(text).not.toMatch(/[a-z]+\.[a-z]+[A-Z]|[A-Z]{3,}_|[0-9a-f]{8}-|undefined|\bnull\b/);
      }
      expect(new Set(Object.values(sentence)).size).toBe(3);
    }
  });

  it("D8: a child protection worker's look and a child protection basis do not exist: no entry, count, cursor or gap", async () => {
    const before = await pageOf(person, "first: 3");
    const em = (await testFront()).hub.database.fork();
    const [row] = (await allRows((await testFront()).hub)).filter((one) => one.caseId === story.caseId);
    const { id: _, ...base } = row!;
    const soon = new Date(before.edges[1]!.node.at);
    const hidden = { ...base, at: soon, outcome: "DONE", reason: null, requestId: null, soughtId: null };
    const looked = [{ path: "person.familyName", holder: "COUNTY" as const, basis: "COUNTY_CLIENT_DATA" as const }];
    await em.insertMany(AuditEventEntity, [
      { ...hidden, callerRole: "CHILD_PROTECTION_WORKER", callerName: "Liisa", disclosed: looked },
      { ...hidden, callerRole: "COUNTY_WORKER", disclosed: [{ ...looked[0]!, basis: "LSL_25" as const }] },
      { ...hidden, disclosed: [{ path: "security.note", holder: "RISE" as const, basis: "RISE_TASK" as const }] },
    ]);
    expect(await pageOf(person, "first: 3")).toEqual(before);
    expect(await traceOf(person)).toEqual(entries);
  });

  it("pages without losing or repeating an entry, by cursors that hold no number of the log", async () => {
    const seen: Entry[] = [];
    let after: string | null = null;
    do {
      const page: Page = await pageOf(person, `first: 2${after === null ? "" : `, after: "${after}"`}`);
      for (const { cursor, node } of page.edges) {
        const [at, skip] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string, string];
        expect(at).toBe(node.at);
        expect(Number(skip)).toBeLessThan(20);
        seen.push(node);
      }
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(entries);
  });

  it("goes back two years at most, whatever is asked (703/2023 section 11.2)", async () => {
    const em = (await testFront()).hub.database.fork();
    const [row] = (await allRows((await testFront()).hub)).filter((one) => one.caseId === story.caseId);
    const { id: _, ...base } = row!;
    await em.insert(AuditEventEntity, { ...base, at: new Date("2020-03-01T10:00:00Z"), outcome: "DONE", reason: null });
    expect(await traceOf(person, 'first: 100, since: "2019-01-01"')).toEqual(entries);
  });

  it("is the person's alone: another person's is their own, a worker has none", async () => {
    const other = await freshPerson();
    expect(await traceOf(await personOf(other as Sent))).toEqual([]);
    const { errors } = await sendText(story.worker, "{ myTrace(first: 1) { edges { cursor } } }");
    expect(errors?.[0]?.extensions?.["code"]).toBe("FORBIDDEN");
  });
});

describe("the log extract as a PDF", () => {
  it.each(["fi", "sv"] as const)("says in %s exactly what the log says, with every letter", async (language) => {
    const response = await fetch(`${person.url}/log-extract?language=${language}`, {
      headers: { authorization: `Bearer ${person.token}`, "nivel-purpose": "OWN_DATA" },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="nivel-log.pdf"');
    const pdf = await readPdf(new Uint8Array(await response.arrayBuffer()));
    // A page's furniture stands between the lines of what goes on.
    const printed = letters(pdf.bodies.join(" "));
    for (const { sentence } of entries) expect(printed).toContain(letters(sentence[language]));
    expect(pdf.pages[0]).toContain("Đorđe Šimić");
    expect(pdf.pages[0]).toContain(`1 (${pdf.pages.length})`);
    expect(printed).toContain(letters(language === "fi" ? "tietosuojavaltuutetulle" : "dataombudsmannen"));
  });

  it("is refused to a worker, and is on record", async () => {
    const response = await fetch(`${story.worker.url}/log-extract`, {
      headers: { authorization: `Bearer ${story.worker.token}`, "nivel-purpose": story.worker.purpose },
    });
    expect(response.status).toBe(403);
    const rows = (await allRows((await testFront()).hub)).filter((row) => row.operation === "logExtract");
    expect(rows.map((row) => row.outcome)).toContain("REFUSED");
    expect(rows.some((row) => row.caseId === story.caseId && row.outcome === "DONE")).toBe(true);
  });
});
