import { type DocumentNode, type GraphQLSchema, parse, validate } from "graphql";
import type { Caller } from "../access/caller.ts";
import { authorize } from "../access/permission.ts";
import { isConsentOpenTo } from "../disclosure/consent.ts";
import { findConsent } from "../disclosure/consent.repository.ts";
import { isAnsweredBy } from "../disclosure/permit.ts";
import { findPermit } from "../disclosure/permit.repository.ts";
import { type PlanFault, type PlannedField, type RootPlan, compilePlan, declaredFields } from "../disclosure/plan.ts";
import { FORM_FACTS, type Whose } from "../disclosure/published.ts";
import { today } from "../kernel/dates.ts";
import { InvalidInput, PurposeRequired, Refused } from "../kernel/errors.ts";
import { type CaseId, type ConsentId, type PermitId, asId } from "../kernel/ids.ts";
import { MAX_PAGE_SIZE, type PageRequest } from "../kernel/page.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { type CaseInRemit, casesOfPage, findCase, findCaseOf } from "./case.service.ts";
import { type PersonExplanation, explainField, explainSending } from "./explain.ts";

export interface ExplainInput {
  schema: GraphQLSchema;
  /** A GraphQL document. */
  operation: string;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>>;
}

/** What one root field would disclose, and of whom. */
export interface RootExplanation {
  responseKey: string;
  field: string;
  writes: boolean;
  touchesPerson: boolean;
  /** Whether the caller's role and purpose may run it at all; then `refusal` is null. */
  mayRun: boolean;
  refusal: string | null;
  /** The persons within remit whom it concerns. Another's case is missing here like one that never was. */
  people: PersonExplanation[];
}

export interface Explanation {
  roots: RootExplanation[];
  userErrors: UserError[];
}

type Named = Extract<Whose, { argument: string }>["kind"];

/** What the capabilities above tell, since this room cannot know of them; src/hub.ts connects it. */
export interface ExplainPort {
  /** By kind of thing, the case on which one hangs that exists for the caller; undefined: there is none for them. */
  caseOf: Record<
    Exclude<Named, "CASE" | "CONSENT" | "PERMIT">,
    (work: Work, id: string) => Promise<CaseId | undefined>
  >;
  /** The cases of a page of what was sent to the caller. */
  received(work: Work, page: PageRequest): Promise<CaseId[]>;
  /** Paths of all that stands in a form, and, once it is made, in the statement that is appended. */
  formPaths(form: string, statementId: string | null, made: boolean): ReadonlySet<string>;
  /** What goes on record one by one where the published field holds many, as the columns of an export. */
  partsOf(paths: ReadonlySet<string>): PlannedField[];
}

export interface ExplainService {
  /** What an operation would disclose to this caller now, and why not the rest, without executing anything of it. */
  explainDisclosure: Operation<ExplainInput, Explanation>;
}

/** As large as a request itself may be, in lexical tokens. */
const MAX_TOKENS = 2000;
const MAX_ROOT_FIELDS = 20;
/** The most persons of one explanation, over all its root fields. */
const MAX_PEOPLE = 50;

const FAULTS: Record<PlanFault, UserError> = {
  OPERATION_NOT_FOUND: userError(
    "OPERATION_NOT_FOUND",
    "The document has no such operation. Name one when it holds several.",
    "operationName",
  ),
  VARIABLES_INVALID: userError(
    "VARIABLES_INVALID",
    "The variables do not fit what the operation declares: one is missing or of the wrong type.",
    "variables",
  ),
};
const OPERATION_INVALID = userError(
  "OPERATION_INVALID",
  "This is no GraphQL document that fits the hub's schema.",
  "operation",
);
const TOO_LARGE = userError(
  "OPERATION_TOO_LARGE",
  `At most ${MAX_ROOT_FIELDS} root fields and ${MAX_PEOPLE} persons are explained at once. Ask in parts.`,
  "operation",
);
const ARGUMENTS_INVALID = userError(
  "ARGUMENTS_INVALID",
  "An argument of a root field lacks its value or has one of the wrong type.",
  "operation",
);

const refused = (error: UserError): Explanation => ({ roots: [], userErrors: [error] });

export function createExplainService(room: Room, port: ExplainPort): ExplainService {
  return {
    explainDisclosure: operation(room, {
      name: "explainDisclosure",
      permission: "EXPLAIN",
      touchesPerson: true,
      run: async (work, { schema, operation: text, operationName, variables }) => {
        const document = readDocument(schema, text);
        if (!document) return refused(OPERATION_INVALID);
        const plan = compilePlan(schema, document, operationName, variables);
        if (typeof plan === "string") return refused(FAULTS[plan]);
        if (plan.roots.length > MAX_ROOT_FIELDS) return refused(TOO_LARGE);
        if (plan.roots.some((root) => !root.args)) return refused(ARGUMENTS_INVALID);
        const roots: RootExplanation[] = [];
        const touched = new Set<CaseId>();
        let people = 0;
        try {
          for (const root of plan.roots) {
            const explained = await explainRoot(work, port, schema, root);
            roots.push(explained);
            people += explained.people.length;
            if (people > MAX_PEOPLE) return refused(TOO_LARGE);
            for (const { caseId } of explained.people) touched.add(caseId);
          }
        } catch (error) {
          if (error instanceof InvalidInput) return refused(userError("PAGE_INVALID", error.message, "operation"));
          throw error;
        }
        for (const caseId of touched) work.trace({ caseId });
        return { roots, userErrors: [] };
      },
    }),
  };
}

function readDocument(schema: GraphQLSchema, text: string): DocumentNode | undefined {
  try {
    const document = parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
    return validate(schema, document, undefined, { maxErrors: 1 }).length === 0 ? document : undefined;
  } catch {
    return undefined;
  }
}

async function explainRoot(
  work: Work,
  port: ExplainPort,
  schema: GraphQLSchema,
  root: RootPlan,
): Promise<RootExplanation> {
  const { responseKey, fieldName, writes, declared } = root;
  const refusal = declared ? whyNot(work.caller, declared.permission, declared.whose !== undefined) : null;
  const whose = refusal === null ? declared?.whose : undefined;
  const found = whose ? await casesOf(work, port, whose, root.args ?? {}) : [];
  const fields = found.length === 0 ? [] : fieldsOf(port, schema, root);
  return {
    responseKey,
    field: fieldName,
    writes,
    touchesPerson: declared?.whose !== undefined,
    mayRun: refusal === null,
    refusal,
    people: found.map(({ row, decision }) => ({
      caseId: row.id,
      fields: fields.map((field) => explainField(field, work.caller, decision)),
      sends: (declared?.sends ?? []).map(explainSending),
    })),
  };
}

function whyNot(caller: Caller, ...asked: [Parameters<typeof authorize>[1], boolean]): string | null {
  try {
    authorize(caller, ...asked);
    return null;
  } catch (error) {
    if (error instanceof Refused || error instanceof PurposeRequired) return error.message;
    throw error;
  }
}

/** What the document selects, with the facts of the form that its arguments name. */
function fieldsOf(port: ExplainPort, schema: GraphQLSchema, root: RootPlan): PlannedField[] {
  const fields = [...root.fields, ...port.partsOf(root.paths)];
  if (!root.formFacts) return fields;
  const made = root.declared?.alwaysLeaves.includes(FORM_FACTS) === true;
  const statementId = argumentAt(root.args ?? {}, "input.statementId");
  const paths = port.formPaths(argumentAt(root.args ?? {}, "input.form") ?? "", statementId ?? null, made);
  const declared = declaredFields(schema);
  const ofForm = [...paths].flatMap((path) => (root.paths.has(path) ? [] : (declared.get(path) ?? [])));
  return [...fields, ...ofForm];
}

/** The cases whose data the arguments ask for, as far as they exist for the caller. */
async function casesOf(
  work: Work,
  port: ExplainPort,
  whose: Whose,
  args: Readonly<Record<string, unknown>>,
): Promise<CaseInRemit[]> {
  const { em, caller, clock } = work;
  const on = today(clock);
  const byId = async (ids: readonly (CaseId | undefined)[]): Promise<CaseInRemit[]> => {
    const found = [];
    for (const id of new Set(ids)) found.push(id === undefined ? undefined : await findCase(em, caller, id, on));
    return found.filter((one) => one !== undefined);
  };
  if (!("argument" in whose)) {
    if (whose.kind === "NOBODY_NAMED") return [];
    if (whose.kind === "OWN_CASES") return (await casesOfPage(em, caller, on, pageIn(args))).found;
    return byId(await port.received(work, pageIn(args)));
  }
  const id = argumentAt(args, whose.argument);
  if (id === undefined) return [];
  if (whose.kind === "CASE") return byId([asId<CaseId>(id)]);
  if (whose.kind === "CONSENT") return byId([await caseOfConsent(work, id)]);
  if (whose.kind === "PERMIT") return byId([await caseOfPermit(work, id)]);
  return byId([await port.caseOf[whose.kind](work, id)]);
}

async function caseOfConsent({ em, caller, clock }: Work, id: string): Promise<CaseId | undefined> {
  const found = await findCaseOf(em, caller, "consent", id, today(clock));
  const consent = found && (await findConsent(em, asId<ConsentId>(id)!));
  return consent && isConsentOpenTo(consent, caller) ? consent.caseId : undefined;
}

async function caseOfPermit({ em, caller, clock }: Work, id: string): Promise<CaseId | undefined> {
  const found = await findCaseOf(em, caller, "permit", id, today(clock));
  const permit = found && (await findPermit(em, asId<PermitId>(id)!));
  return permit && isAnsweredBy(permit, caller) ? permit.caseId : undefined;
}

function argumentAt(args: Readonly<Record<string, unknown>>, place: string): string | undefined {
  let value: unknown = args;
  for (const name of place.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === "string" ? value : undefined;
}

const pageIn = ({ first, after }: Readonly<Record<string, unknown>>): PageRequest => ({
  first: typeof first === "number" ? first : MAX_PAGE_SIZE,
  after: typeof after === "string" ? after : undefined,
});
