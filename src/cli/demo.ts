import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Purpose } from "../access/purpose.ts";
import { readConfig } from "../config.ts";
import { systemClock } from "../kernel/clock.ts";
import { addMonths, formatInstant, today } from "../kernel/dates.ts";
import type { DemoCallerName } from "../sandbox/demo-callers.ts";
import { fetchDemoToken } from "../sandbox/issuer.ts";
import { type AppClient, ask, download } from "./graphql-client.ts";
import { describeCase } from "./demo-view.ts";
import {
  AcceptReferralDocument,
  CaseOfPersonDocument,
  CasesOfUnitDocument,
  FormDraftDocument,
  type FormDraftInput,
  GenerateDocumentDocument,
  ReceiveReferralDocument,
  ReceivedReferralsDocument,
  RecordAgreementDocument,
  RecordConsentDocument,
  RecordFactDocument,
  SignStatementDocument,
  SubmitApplicationDocument,
  WhomToContactInCaseDocument,
  WithdrawConsentDocument,
  WriteStatementDocument,
} from "./operations.generated.ts";
import { type RunningHub, startHub } from "./serve.ts";

type Say = (line: string) => void;

interface Stage {
  /** Tells a heading with the time of day. */
  scene(who: string, what: string): void;
  say: Say;
  as(caller: DemoCallerName, purpose: Purpose): Promise<AppClient>;
  keep(name: string, bytes: Uint8Array): Promise<void>;
}

/** Plays the story of the README against a hub in memory, on free ports. */
export async function playDemo(folder: string, say: Say): Promise<void> {
  const hub = await startHub({ ...readConfig({}), port: 0, database: { kind: "memory" } }, systemClock);
  try {
    await playDemoOn(hub, folder, say);
  } finally {
    await hub.stop();
  }
}

/** Plays it against a hub that has just been started. */
export async function playDemoOn(hub: RunningHub, folder: string, say: Say): Promise<void> {
  await mkdir(folder, { recursive: true });
  const tokenEndpoint = hub.sandbox!.issuer.tokenEndpoint;
  const stage: Stage = {
    say: (line) => {
      say(`      ${line}`);
    },
    scene: (who, what) => {
      say(`\n${formatInstant(systemClock.now())}  ${who}: ${what}`);
    },
    as: async (caller, purpose) => ({ url: hub.url, token: await fetchDemoToken(tokenEndpoint, caller), purpose }),
    keep: async (name, bytes) => {
      await writeFile(join(folder, name), bytes);
      say(`      -> ${join(folder, name)} (${Math.round(bytes.length / 1024)} kB)`);
    },
  };
  say(`Nivel demo, hub at ${hub.url}, ${hub.sandbox!.population.length} made-up persons`);
  await play(stage);
}

async function play(stage: Stage): Promise<void> {
  const { scene, say, as } = stage;
  const worker = await as("prison-worker", "RELEASE_PLANNING");
  const socialWorker = await as("prison-social-worker", "RELEASE_PLANNING");

  scene("Prison worker", "opens the first case of the unit");
  const cases = await ask(worker, CasesOfUnitDocument, { first: 5 });
  const caseId = cases.cases.edges[0]!.node.id;
  const before = await ask(worker, CaseOfPersonDocument, { id: caseId });
  describeCase(before.case!, say);

  scene("Prison social worker", "looks at the same case before any consent");
  describeCase((await ask(socialWorker, CaseOfPersonDocument, { id: caseId })).case!, say);

  scene("Prison worker", "records the person's consent: the county and Kela may tell Rise");
  const on = today(systemClock);
  const consent = await ask(worker, RecordConsentDocument, {
    input: {
      caseId,
      answer: "GIVEN",
      form: "WRITTEN",
      disclosers: ["COUNTY", "KELA"],
      receiver: "RISE",
      categories: ["SOCIAL_SERVICES", "BENEFITS"],
      purposes: ["RELEASE_PLANNING", "SOCIAL_ASSISTANCE"],
      informedIn: "fi",
      rightToRefuseExplained: true,
      givenOn: on,
      validUntil: addMonths(on, 6),
    },
  });
  tell(consent.recordConsent.userErrors, say);

  scene("Prison worker", "looks again: benefits are there; social data needs a right that this worker lacks");
  describeCase((await ask(worker, CaseOfPersonDocument, { id: caseId })).case!, say);
  scene("Prison social worker", "looks again: the client relationship is there too");
  describeCase((await ask(socialWorker, CaseOfPersonDocument, { id: caseId })).case!, say);

  scene("Prison worker", "enters what no system knows: the identity document is valid");
  const fact = { caseId, path: "readiness.identityDocumentValid", value: "true", confirmedOn: on };
  tell((await ask(worker, RecordFactDocument, { input: fact })).recordFact.userErrors, say);

  scene("Prison worker", "asks whom to contact about supplementary assistance");
  await tellContacts(worker, caseId, say);

  const documentId = await makeApplication(stage, caseId);
  await countyTakesIt(stage, documentId);

  scene("Prison social worker", "asks again whom to contact: the own worker comes first");
  await tellContacts(socialWorker, caseId, say);

  scene("Kela officer and VTH nurse", "look at the same case, side by side");
  for (const [caller, purpose] of [
    ["kela-officer", "BENEFITS"],
    ["vth-nurse", "HEALTH_CARE"],
  ] as const) {
    say(`${caller}:`);
    describeCase((await ask(await as(caller, purpose), CaseOfPersonDocument, { id: caseId })).case!, (line) => {
      say(`  ${line}`);
    });
  }

  scene("Prison worker", "the person withdraws the consent; it takes effect at once");
  const consentId = consent.recordConsent.consentId!;
  tell((await ask(worker, WithdrawConsentDocument, { consentId })).withdrawConsent.userErrors, say);
  const after = await ask(socialWorker, CaseOfPersonDocument, { id: caseId });
  say(`social worker now sees client relationships: ${after.case!.social.clientRelationships.status}`);
}

async function makeApplication({ scene, say, as, keep }: Stage, caseId: string): Promise<string> {
  const app = await as("prison-worker", "SOCIAL_ASSISTANCE");
  scene("Prison worker", "writes the statement, records the person's agreement, signs");
  const written = await ask(app, WriteStatementDocument, {
    input: {
      caseId,
      language: "fi",
      content: {
        need: "Asiakas tarvitsee vapautuessaan talvivaatteet ja välttämättömät kodin tavarat. Käyttöraha ei riitä niihin.",
        arrangedByPrison: "Vankila järjestää matkan kotikuntaan. Vaatteita vankila ei hanki.",
        housingOnRelease: "Asunto on tiedossa kotikunnassa vapautumispäivästä alkaen.",
        linkToSentencePlan: "Rangaistusajan suunnitelman tavoitteena on oma asunto ja työnhaun käynnistäminen.",
        preparedTogether: true,
      },
      author: { title: "Rikosseuraamustyöntekijä", email: "maija.esimerkkila@rise.example" },
    },
  });
  const statementId = written.writeStatement.statement!.id;
  await ask(app, RecordAgreementDocument, { statementId, hasRead: true, agreesToAttach: true });
  const signed = await ask(app, SignStatementDocument, { statementId });
  say(`signed, SHA-256 ${signed.signStatement.statement!.signedHash!.slice(0, 16)}…`);

  scene("Prison worker", "looks at the draft of the application, before anything is made");
  const input: FormDraftInput = {
    caseId,
    form: "taydentava-toimeentulotuki",
    language: "fi",
    statementId,
    overrides: [],
  };
  const { formDraft } = await ask(app, FormDraftDocument, { input });
  const fields = formDraft.draft!.fields;
  const states = Map.groupBy(fields, (field) => field.state);
  say([...states].map(([state, of]) => `${state} ${of.length}`).join(", "));
  const withheld = fields.find((field) => field.state === "WITHHELD");
  if (withheld) say(`e.g. ${withheld.label.fi}: ${withheld.reason?.en ?? ""}`);

  scene("Prison worker", "makes the application PDFs, in Finnish with the statement, and in Swedish without");
  const made = await ask(app, GenerateDocumentDocument, { input });
  tell(made.generateDocument.userErrors, say);
  const document = made.generateDocument.document!;
  await keep("hakemus.fi.pdf", (await download(app, document.url)).bytes);
  const swedish = await ask(app, GenerateDocumentDocument, { input: { ...input, language: "sv", statementId: null } });
  await keep("hakemus.sv.pdf", (await download(app, swedish.generateDocument.document!.url)).bytes);

  scene("Prison worker", "sends the Finnish one to the county, because the person applies");
  const submitted = await ask(app, SubmitApplicationDocument, {
    input: { documentId: document.id, personApplies: true, freeTextReviewed: true },
  });
  tell(submitted.submitApplication.userErrors, say);
  say(`sent to county ${submitted.submitApplication.referral?.receiverUnit ?? "?"}`);
  return document.id;
}

async function countyTakesIt({ scene, say, as, keep }: Stage, documentId: string): Promise<void> {
  const county = await as("county-worker", "SOCIAL_ASSISTANCE");
  scene("County social worker", "opens the inbox");
  const inbox = await ask(county, ReceivedReferralsDocument, { first: 10 });
  const { node } = inbox.receivedReferrals.edges.find((edge) => edge.node.documentId === documentId)!;
  say(`${node.kind ?? "?"} from ${node.senderName ?? "?"} (${node.senderUnit ?? "?"})`);
  const received = await ask(county, ReceiveReferralDocument, { referralId: node.id });
  await keep("countys-copy.pdf", (await download(county, `/documents/${documentId}`)).bytes);

  scene("County social worker", "names an own worker");
  const { acceptReferral } = await ask(county, AcceptReferralDocument, {
    input: {
      referralId: node.id,
      version: received.receiveReferral.referral!.version!,
      ownWorker: { name: "Outi Mallisaari", phone: "050 311 9001" },
    },
  });
  tell(acceptReferral.userErrors, say);
  say(`state ${acceptReferral.referral?.state ?? "?"}`);

  const prisonSide = await as("prison-worker", "SOCIAL_ASSISTANCE");
  const asked = await download(prisonSide, `/documents/${documentId}`);
  say(`the prison worker's own copy is still there: HTTP ${asked.status}`);
}

async function tellContacts(app: AppClient, caseId: string, say: Say): Promise<void> {
  const { whomToContactInCase } = await ask(app, WhomToContactInCaseDocument, {
    caseId,
    situation: "SUPPLEMENTARY_ASSISTANCE",
    phase: "ENFORCEMENT",
  });
  for (const step of whomToContactInCase?.steps ?? []) {
    say(`${step.code}: ${step.instruction.en}`);
    say(
      `  receiver: ${step.receiver?.name.fi ?? step.receiverStatus}; source: ${step.citation.source}; ${step.verification}`,
    );
    for (const contact of step.contacts) {
      say(
        `  ${contact.role} ${contact.name.fi}: ${contact.displayValue ?? "(see instruction)"} ${contact.verification ?? ""}`,
      );
    }
    for (const missing of step.missing) say(`  missing: ${missing.en}`);
  }
}

function tell(errors: readonly { code: string; message: string }[], say: Say): void {
  for (const error of errors) say(`! ${error.code}: ${error.message}`);
}
