import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from "type-graphql";
import { FactOriginEnum } from "../cases/fact.graphql.ts";
import { Envelope, FORM_FACTS, OfDisclosedFact, Personal, Public } from "../disclosure/published.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { AuthorityEnum } from "../operation/enums.ts";
import { LocalizedTextType, connectionType, enumType } from "../operation/published.ts";
import { UserError } from "../operation/user-error.ts";
import { documentDisclosure } from "./document.ts";
import {
  FIELD_STATES,
  type FieldDraft,
  type FieldState,
  type FormDraft,
  fieldDraftDisclosure,
  formDraftDisclosure,
} from "./form-model.ts";
import type { FormLanguage } from "./form-definition.ts";

export const FormLanguageEnum = enumType(
  "FormLanguage",
  ["fi", "sv"] as const,
  "A form's languages: the national languages.",
);

const FieldStateEnum = enumType(
  "FieldState",
  FIELD_STATES,
  "Why a field holds what it holds: FILLED from a fact, OVERRIDDEN by you, or empty because UNKNOWN, NONE, FAILED, " +
    "CONFLICT, WITHHELD, left FOR_PERSON and the pen, or for OFFICE_USE.",
);

@Public()
@ObjectType("Form", { description: "A form of an authority.", simpleResolvers: true })
export class FormType {
  @Field(() => String)
  code!: string;

  @Field(() => String, { description: "Dated edition." })
  edition!: string;

  @Field(() => LocalizedTextType)
  title!: LocalizedText;

  @Field(() => [FormLanguageEnum])
  languages!: FormLanguage[];

  @Field(() => Boolean, { description: "A model form, not an authority's own (mallilomake, ei viranomaisen lomake)." })
  model!: boolean;
}

@OfDisclosedFact()
@ObjectType("FieldProvenance", { simpleResolvers: true })
class FieldProvenance {
  @Field(() => AuthorityEnum)
  holder!: Authority;

  @Field(() => FactOriginEnum)
  origin!: "SYSTEM" | "WORKER";

  @Field(() => GraphQLISODateTime, { nullable: true })
  asOf!: Date | null;

  @Field(() => GraphQLISODateTime)
  retrievedAt!: Date;
}

@Personal(fieldDraftDisclosure, {
  record: "draft",
  holders: ["RISE"],
  derivedFrom: { value: [FORM_FACTS], state: [FORM_FACTS], provenance: [FORM_FACTS], reason: [FORM_FACTS] },
})
@ObjectType("FieldDraft", { simpleResolvers: true })
class FieldDraftType implements FieldDraft {
  @Field(() => String, { description: "Name of the field in the PDF; use it in an override." })
  name!: string;

  @Field(() => LocalizedTextType)
  section!: LocalizedText;

  @Field(() => LocalizedTextType)
  label!: LocalizedText;

  @Field(() => String, { nullable: true, description: 'As it will be printed; "true"/"false" for a check box.' })
  value!: string | null;

  @Field(() => FieldStateEnum)
  state!: FieldState;

  @Field(() => [FieldProvenance], { description: "Where the value came from, or the words that conflict." })
  provenance!: FieldProvenance[];

  @Field(() => LocalizedTextType, { nullable: true, description: "Why it is empty." })
  reason!: LocalizedText | null;
}

@Personal(formDraftDisclosure, { record: "draft", holders: ["RISE"] })
@ObjectType("FormDraft", { description: "What a form would hold, before anything is made.", simpleResolvers: true })
export class FormDraftType implements FormDraft {
  @Field(() => String)
  form!: string;

  @Field(() => String)
  edition!: string;

  @Field(() => FormLanguageEnum)
  language!: FormLanguage;

  @Field(() => LocalizedTextType)
  title!: LocalizedText;

  @Field(() => [FieldDraftType])
  fields!: FieldDraftType[];
}

// The path holds the id alone.
@Personal({ ...documentDisclosure, url: "PUBLIC" }, { record: "document", holders: ["RISE"] })
@ObjectType("Document", { description: "A PDF that the hub made.", simpleResolvers: true })
export class DocumentType {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  caseId!: string;

  @Field(() => String, { nullable: true })
  form!: string | null;

  @Field(() => String, { nullable: true })
  edition!: string | null;

  @Field(() => FormLanguageEnum, { nullable: true })
  language!: FormLanguage | null;

  @Field(() => ID, { nullable: true })
  statementId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Code of the county that is to handle it; null while it is unknown or protected.",
  })
  receiverCounty!: string | null;

  @Field(() => String, { nullable: true })
  fileName!: string | null;

  @Field(() => String, { nullable: true, description: "SHA-256 (hex) of the bytes." })
  sha256!: string | null;

  @Field(() => String, { nullable: true, description: "Opaque id of the worker who made it." })
  createdBy!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  createdAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  sentAt!: Date | null;

  @Field(() => String, { description: "Path at the hub; asks for the same token and purpose." })
  url!: string;
}

export const DocumentConnection = connectionType("Document", () => DocumentType);

@Envelope()
@ObjectType("FormDraftPayload", { simpleResolvers: true })
export class FormDraftPayload {
  @Field(() => FormDraftType, { nullable: true })
  draft!: FormDraftType | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Public()
@ObjectType("ContinuedField", { description: "A field whose text continues on an added page.", simpleResolvers: true })
export class ContinuedField {
  @Field(() => String)
  name!: string;
}

@Envelope()
@ObjectType("GenerateDocumentPayload", { simpleResolvers: true })
export class GenerateDocumentPayload {
  @Field(() => DocumentType, { nullable: true })
  document!: DocumentType | null;

  @Field(() => FormDraftType, { nullable: true, description: "What was filled, and what is left for the pen." })
  draft!: FormDraftType | null;

  @Field(() => [ContinuedField])
  continued!: ContinuedField[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType("FieldOverride")
class FieldOverride {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: "An empty text leaves the field for the pen." })
  value!: string;
}

@InputType("FormDraftInput")
export class FormDraftInput {
  @Field(() => ID)
  caseId!: string;

  @Field(() => String, { description: "Code of the form." })
  form!: string;

  @Field(() => FormLanguageEnum)
  language!: FormLanguage;

  @Field(() => [FieldOverride], { defaultValue: [] })
  overrides!: FieldOverride[];

  @Field(() => ID, {
    nullable: true,
    description: "A signed statement that the person agrees to; the application can go without.",
  })
  statementId?: string | null;
}
