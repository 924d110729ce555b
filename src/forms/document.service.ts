import { createHash } from "node:crypto";
import type { CaseSelection, CaseService, GatheredCase } from "../cases/case.service.ts";
import { findCaseOf } from "../cases/case.service.ts";
import type { CaseView } from "../cases/case-view.ts";
import { type CaseListInput, listOfCase } from "../cases/case-list.ts";
import type { OnGroundWithdrawn } from "../cases/consent.service.ts";
import { type SourceScope, sourceScope } from "../cases/source-scope.ts";
import {
  type Disclosed,
  type DisclosedRecord,
  asDisclosed,
  disclose,
  emptyRecord,
  left,
} from "../disclosure/disclose.ts";
import { FORM_FACTS } from "../disclosure/published.ts";
import type { Verdict } from "../disclosure/policy.ts";
import { today } from "../kernel/dates.ts";
import { InvalidInput } from "../kernel/errors.ts";
import { type DocumentId, asId, newId } from "../kernel/ids.ts";
import type { Page } from "../kernel/page.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { scanFreeText } from "../statements/free-text.ts";
import { attachable } from "./attached-statement.ts";
import type { FormCatalogue, LoadedForm } from "./catalogue.ts";
import { type StoredDocument, documentDisclosure } from "./document.ts";
import { isClosedByWithdrawal, isSocialDataOfAnother } from "./document-grounds.ts";
import {
  deleteUnsentRestingOn,
  documentBytes,
  documentsOf,
  findDocument,
  insertDocument,
} from "./document.repository.ts";
import { draftForm } from "./draft.ts";
import { type FormLanguage, factPathsOf } from "./form-definition.ts";
import { pathsInForms } from "./form-facts.ts";
import type { FormDraft, FormInput } from "./form-model.ts";
import { type ReceivingCounty, municipalityName, receivingCounty, unitName } from "./places.ts";
import { composeApplication } from "./pdf/compose-application.ts";

export type DocumentView = DisclosedRecord<StoredDocument, typeof documentDisclosure>;

export interface DraftInput {
  caseId: string;
  form: string;
  language: FormLanguage;
  /** Values by field name that the worker gives instead; an empty text leaves the field for the pen. */
  overrides: Record<string, string>;
  statementId: string | null;
  scope: SourceScope;
  /** The paths that the document selects of the answer. */
  selected: ReadonlySet<string>;
}

export interface DraftOutcome {
  draft: Disclosed<FormDraft> | null;
  userErrors: UserError[];
}

export interface DocumentOutcome {
  document: DocumentView | null;
  draft: Disclosed<FormDraft> | null;
  /** Names of fields whose text continues on an added page. */
  continued: string[];
  userErrors: UserError[];
}

export interface FormSummary {
  code: string;
  edition: string;
  title: LocalizedText;
  languages: FormLanguage[];
  model: boolean;
}

export interface DocumentService {
  listForms: Operation<undefined, FormSummary[]>;
  /** What a form would hold, before anything is made. */
  formDraft: Operation<DraftInput, DraftOutcome>;
  /** Makes and stores the PDF. A missing value never stops it (decision D24). */
  generateDocument: Operation<DraftInput, DocumentOutcome>;
  listDocuments: Operation<CaseListInput, Page<DocumentView>>;
  /** Paths of all that stands in a form, and, once it is made, in the statement that is appended. */
  pathsIn(form: string, statementId: string | null, made: boolean): ReadonlySet<string>;
  /** The bytes, for an authorised caller; null when there is no such document for the caller. */
  readDocument: Operation<{ id: string }, { fileName: string; sha256: string; bytes: Uint8Array } | null>;
  deleteRestingOn: OnGroundWithdrawn;
}

const STATEMENT_FORM = "vankilan-tyontekijan-lausunto";

const NOTHING: ReadonlySet<string> = new Set();
const CASE_NOT_FOUND = userError("CASE_NOT_FOUND", "There is no such case within your remit.", "caseId");

type FoundDocument = NonNullable<Awaited<ReturnType<typeof findDocumentInRemit>>>;

/** A document that exists for the caller: of a case in remit, and for the county only what was sent to it. */
export async function findDocumentInRemit(work: Work, id: string) {
  const found = await findCaseOf(work.em, work.caller, "document", id, today(work.clock));
  const document = found && (await findDocument(work.em, asId<DocumentId>(id)!));
  if (!document || !isOpenTo(work, document)) return undefined;
  return { document, decision: found.decision, grounds: found.grounds };
}

const isOpenTo = ({ caller }: Work, document: StoredDocument): boolean =>
  caller.authority !== "COUNTY" || (document.sentAt !== null && document.receiverCounty === caller.unit);

export function createDocumentService(
  room: Room,
  { cases, catalogue }: { cases: CaseService; catalogue: FormCatalogue },
): DocumentService {
  const selectionOf = (form: LoadedForm | undefined, { scope, statementId }: DraftInput): CaseSelection => ({
    paths: new Set([
      ...(form ? factPathsOf(form.definition) : []),
      ...(statementId === null ? [] : factPathsOf(catalogue.get(STATEMENT_FORM).definition)),
      "person.homeMunicipality",
      "placement.unit",
    ]),
    scope,
  });

  const pathsIn: DocumentService["pathsIn"] = (code, statementId, made) => {
    const form = catalogue.find(code);
    const forms = [...(form ? [form] : []), ...(made && statementId !== null ? [catalogue.get(STATEMENT_FORM)] : [])];
    return pathsInForms(
      forms.map(({ definition }) => definition),
      statementId !== null,
    );
  };

  const gather = (inRoom: Room, caller: Work["caller"], input: DraftInput): Promise<GatheredCase | undefined> =>
    cases.gatherFor(inRoom, caller, input.caseId, selectionOf(catalogue.find(input.form), input));

  type Drafted = {
    form: LoadedForm;
    view: CaseView;
    input: FormInput;
    draft: FormDraft;
    receiver: ReceivingCounty | undefined;
  };

  const draft = async (
    work: Work,
    input: DraftInput,
    gathered: GatheredCase | undefined,
    leaving: ReadonlySet<string>,
  ): Promise<Drafted | UserError> => {
    const form = catalogue.find(input.form);
    if (!form) return userError("FORM_NOT_FOUND", `The forms are: ${catalogue.codes.join(", ")}.`, "form");
    const view = gathered && (await cases.discloseIn(work, gathered, { ...selectionOf(form, input), leaving }));
    if (!view) return CASE_NOT_FOUND;
    const statement = await attachable(work, input.statementId, view.id, leaving);
    if (statement && "code" in statement) return statement;
    const receiver = receivingCounty(view.person.homeMunicipality, view.placement.unit, today(work.clock));
    const formInput: FormInput = {
      facts: view,
      statement: statement ?? null,
      receiver: receiver?.name ?? null,
      sender: senderOf(view, work.caller.unit),
      today: today(work.clock),
    };
    try {
      const filled = draftForm(form.definition, formInput, input.language, input.overrides, municipalityName);
      return { form, view, input: formInput, draft: filled, receiver };
    } catch (error) {
      if (error instanceof InvalidInput) return userError("OVERRIDE_INVALID", error.message, "overrides");
      throw error;
    }
  };

  return {
    pathsIn,
    deleteRestingOn: ({ em }, { id, caseId }) => deleteUnsentRestingOn(em, caseId, id),

    listForms: operation(room, {
      name: "listForms",
      permission: "READ_DIRECTORY",
      touchesPerson: false,
      run: () =>
        Promise.resolve(
          catalogue.codes.map((code) => {
            const { edition, title, languages, model } = catalogue.get(code).definition;
            return { code, edition, title, languages, model };
          }),
        ),
    }),

    formDraft: operation(room, {
      name: "formDraft",
      permission: "MAKE_APPLICATION",
      touchesPerson: true,
      prepare: gather,
      run: async (work, input, gathered) => {
        const leaving = input.selected.has(FORM_FACTS) ? pathsIn(input.form, input.statementId, false) : NOTHING;
        const outcome = await draft(work, input, gathered, leaving);
        return "code" in outcome
          ? { draft: null, userErrors: [outcome] }
          : { draft: asDisclosed(outcome.draft), userErrors: [] };
      },
    }),

    generateDocument: operation(room, {
      name: "generateDocument",
      permission: "MAKE_APPLICATION",
      touchesPerson: true,
      prepare: gather,
      run: async (work, input, gathered) => {
        const outcome = await draft(work, input, gathered, pathsIn(input.form, input.statementId, true));
        if ("code" in outcome) return { document: null, draft: null, continued: [], userErrors: [outcome] };
        const id = newId<DocumentId>();
        const now = work.clock.now();
        const { bytes, continued } = await compose(outcome, input.language, now);
        const placeClosed = await cases.isPlaceClosed(work, gathered);
        const document: StoredDocument = {
          id,
          caseId: outcome.view.id,
          form: outcome.form.definition.code,
          edition: outcome.form.definition.edition,
          language: input.language,
          statementId: outcome.input.statement?.id ?? null,
          receiverCounty: outcome.receiver?.code ?? null,
          tellsPlace: !placeClosed,
          fileName: `nivel-${id}.pdf`,
          sha256: createHash("sha256").update(bytes).digest("hex"),
          notices: scanFreeText(input.overrides),
          grounds: outcome.view.restsOn,
          createdBy: work.caller.id,
          createdAt: now,
          sentAt: null,
        };
        await insertDocument(work.em, document, bytes);
        const found = await findDocumentInRemit(work, id);
        if (!found) throw new Error("the document was just stored");
        const record = emptyRecord();
        work.trace({ caseId: document.caseId, subjectId: id, disclosure: record });
        const judgement = { decision: found.decision, selected: input.selected, record, placeClosed };
        return {
          document: disclose(documentDisclosure, "RISE", "document", document, judgement),
          draft: asDisclosed(outcome.draft),
          continued,
          userErrors: [],
        };
      },
    }),

    listDocuments: listOfCase(room, cases, {
      name: "listDocuments",
      permission: "READ_DOCUMENT",
      tellsPlace: true,
      rows: async (work, caseId) => (await documentsOf(work.em, caseId)).filter((document) => isOpenTo(work, document)),
      view: (document, judgement) => disclose(documentDisclosure, "RISE", "document", document, judgement),
    }),

    readDocument: operation(room, {
      name: "readDocument",
      permission: "READ_DOCUMENT",
      touchesPerson: true,
      prepare: (inRoom, caller, { id }) => cases.gatherPlaceOf(inRoom, caller, "document", id, sourceScope(new Set())),
      run: async (work, { id }, gathered) => {
        const found = await findDocumentInRemit(work, id);
        // A page that was printed with the place outlives the day on which the address became protected (D6).
        if (found?.document.tellsPlace && (await cases.isPlaceClosed(work, gathered))) return null;
        if (!found) return null;
        const { document } = found;
        const verdict = verdictOnReading(found, work.caller);
        work.trace({
          caseId: document.caseId,
          subjectId: document.id,
          disclosure: verdict.allowed
            ? { left: [left("document.bytes", "RISE", verdict)], withheld: [] }
            : { left: [], withheld: [{ path: "document.bytes", holder: "RISE", reason: verdict.reason }] },
        });
        if (!verdict.allowed) return null;
        return {
          fileName: document.fileName,
          sha256: document.sha256,
          bytes: await documentBytes(work.em, document.id),
        };
      },
    }),
  };

  async function compose({ form, input, draft: filled }: Drafted, language: FormLanguage, at: Date) {
    const statementForm = input.statement && catalogue.get(STATEMENT_FORM);
    const statementLanguage = input.statement?.language === "sv" ? "sv" : "fi";
    return composeApplication({
      form,
      draft: filled,
      language,
      at,
      attachment:
        statementForm && input.statement
          ? {
              form: statementForm,
              language: statementLanguage,
              draft: draftForm(statementForm.definition, input, statementLanguage, {}, municipalityName),
            }
          : null,
    });
  }
}

function verdictOnReading({ document, decision, grounds }: FoundDocument, caller: Work["caller"]): Verdict {
  if (isClosedByWithdrawal(document, caller, grounds, decision)) return { allowed: false, reason: "CONSENT_MISSING" };
  if (isSocialDataOfAnother(document, caller, grounds)) return { allowed: false, reason: "SOCIAL_DATA_RIGHT_MISSING" };
  return decision.on("APPLICATION", "RISE");
}

/** The unit's name tells the place, so it is printed only when a source says that the address is not protected (D6). */
const senderOf = ({ person, placement }: CaseView, ownUnit: string | null): FormInput["sender"] => {
  const open = person.addressProtected.status === "KNOWN" && person.addressProtected.value === false;
  const name = open ? unitName(placement.unit.value ?? ownUnit ?? "") : undefined;
  return name ?? { fi: "Rikosseuraamuslaitos", sv: "Brottspåföljdsmyndigheten" };
};
