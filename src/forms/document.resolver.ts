import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from "type-graphql";
import { caseListInput, scopeOf } from "../cases/case-selection.ts";
import { FORM_FACTS, TouchesNobody, TouchesPerson } from "../disclosure/published.ts";
import { CasePageArgs } from "../operation/page-args.graphql.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import { selectedBy } from "../operation/selection.ts";
import type { DocumentService, DocumentView, DraftInput } from "./document.service.ts";
import {
  DocumentConnection,
  type DocumentType,
  FormDraftInput,
  FormDraftPayload,
  FormType,
  GenerateDocumentPayload,
} from "./form.graphql.ts";

/** Path of the download, below the hub's address. */
export const DOCUMENTS_PATH = "/documents";

const published = (document: DocumentView): DocumentType => ({ ...document, url: `${DOCUMENTS_PATH}/${document.id}` });

const draftInput = (context: RequestContext, info: GraphQLResolveInfo, input: FormDraftInput): DraftInput => ({
  ...input,
  statementId: input.statementId ?? null,
  overrides: Object.fromEntries(input.overrides.map(({ name, value }) => [name, value])),
  scope: scopeOf(context, info),
  selected: selectedBy(info),
});

@Resolver()
export class DocumentResolver {
  constructor(private readonly service: DocumentService) {}

  @TouchesNobody("READ_DIRECTORY")
  @Query(() => [FormType], { description: "The forms that the hub fills." })
  forms(@Ctx() context: RequestContext): Promise<FormType[]> {
    return this.service.listForms(callerOf(context), undefined);
  }

  @TouchesPerson("MAKE_APPLICATION", { kind: "CASE", argument: "input.caseId" })
  @Query(() => FormDraftPayload, {
    description: "Each field with its value, where the value came from, and why an empty one is empty.",
  })
  formDraft(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("input", () => FormDraftInput) input: FormDraftInput,
  ): Promise<FormDraftPayload> {
    return this.service.formDraft(callerOf(context), draftInput(context, info, input));
  }

  @TouchesPerson("READ_DOCUMENT", { kind: "CASE", argument: "caseId" })
  @Query(() => DocumentConnection, { description: "A case's documents, first made first." })
  async documents(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Args(() => CasePageArgs) args: CasePageArgs,
  ): Promise<Connection<DocumentType>> {
    const page = await this.service.listDocuments(callerOf(context), caseListInput(context, info, args));
    return connectionOf({ ...page, items: page.items.map(({ cursor, node }) => ({ cursor, node: published(node) })) });
  }

  @TouchesPerson("MAKE_APPLICATION", { kind: "CASE", argument: "input.caseId" }, { alwaysLeaves: [FORM_FACTS] })
  @Mutation(() => GenerateDocumentPayload, {
    description:
      "Fills the form, appends the statement, and stores the PDF. A missing value never stops it: it is listed and left for the pen.",
  })
  async generateDocument(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("input", () => FormDraftInput) input: FormDraftInput,
  ): Promise<GenerateDocumentPayload> {
    const { document, continued, ...outcome } = await this.service.generateDocument(
      callerOf(context),
      draftInput(context, info, input),
    );
    return { ...outcome, document: document && published(document), continued: continued.map((name) => ({ name })) };
  }
}
