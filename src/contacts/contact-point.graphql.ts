import { GraphQLLocalDate } from "graphql-scalars";
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from "type-graphql";
import { Public } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { ContactPointId } from "../kernel/ids.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { LocalizedTextType, connectionType, enumType } from "../operation/published.ts";
import {
  AREA_KINDS,
  type AreaKind,
  CONTACT_POINT_STATES,
  CONTACT_SYSTEMS,
  type ContactPointState,
  type ContactSystem,
  type OpeningHours,
  type OpeningSpan,
  PHASES,
  type Phase,
  SITUATIONS,
  type ServedArea,
  type Situation,
  VERIFICATION_STATUSES,
  type VerificationStatus,
} from "./contact.ts";
import { ORGANISATION_KINDS } from "./reference.ts";
import { CONTACT_POINT_EVENTS, type ContactPointEvent, type ContactPointEventKind } from "./contact.repository.ts";
import type { ContactPointView } from "./contact-view.ts";

export const ContactSystemEnum = enumType(
  "ContactSystem",
  CONTACT_SYSTEMS,
  "By which means (yhteystapa · kontaktsätt); EMAIL is never offered for secret data.",
);
export const SituationEnum = enumType(
  "ContactSituation",
  SITUATIONS,
  "What the contact is about (tilanne · situation), as in the manual.",
);
export const PhaseEnum = enumType(
  "ContactPhase",
  PHASES,
  "Valmistelu, täytäntöönpano, vapautuminen, vapautumisen jälkeen · beredning, verkställighet, frigivning, efter frigivningen.",
);
export const VerificationEnum = enumType(
  "ContactVerification",
  VERIFICATION_STATUSES,
  "VERIFIED by a steward within six months; PRINTED_UNDATED in a document of unknown age; EXPIRED verified longer ago; UNVERIFIED otherwise.",
);
const ContactPointStateEnum = enumType(
  "ContactPointState",
  CONTACT_POINT_STATES,
  "PROPOSED waits for a steward, CURRENT is offered, ENDED is history.",
);
const AreaKindEnum = enumType("AreaKind", AREA_KINDS, "What kind of area is served.");
export const OrganisationKindEnum = enumType(
  "OrganisationKind",
  ORGANISATION_KINDS,
  "Hyvinvointialue, työllisyysalue, vankila … · välfärdsområde, sysselsättningsområde, fängelse …",
);
const ContactPointEventEnum = enumType(
  "ContactPointEventKind",
  CONTACT_POINT_EVENTS,
  "What happened to a contact point.",
);

@Public()
@ObjectType("ServedArea", { description: "Alue, jota palvellaan · område som betjänas.", simpleResolvers: true })
class ServedAreaType implements ServedArea {
  @Field(() => AreaKindEnum)
  kind!: AreaKind;

  @Field(() => String, { nullable: true, description: "Null for the whole country." })
  code!: string | null;
}

@Public()
@ObjectType("OpeningSpan", { simpleResolvers: true })
class OpeningSpanType implements OpeningSpan {
  @Field(() => [Int], { description: "1 = Monday … 7 = Sunday." })
  days!: number[];

  @Field(() => String, { description: "HH:MM in Europe/Helsinki, included." })
  opens!: string;

  @Field(() => String, { description: "HH:MM in Europe/Helsinki, not included." })
  closes!: string;
}

@Public()
@ObjectType("OpeningHours", { description: "Aukiolo · öppettider.", simpleResolvers: true })
class OpeningHoursType implements OpeningHours {
  @Field(() => String, { description: "As the source prints them." })
  printed!: string;

  @Field(() => [OpeningSpanType])
  spans!: OpeningSpan[];

  @Field(() => Boolean)
  exceptHolidays!: boolean;
}

@Public()
@ObjectType("ContactPoint", {
  description: "Yhteyspiste · kontaktpunkt: one way to reach an organisation, for named situations.",
  simpleResolvers: true,
})
export class ContactPointType implements ContactPointView {
  @Field(() => ID)
  id!: ContactPointId;

  @Field(() => ContactPointStateEnum)
  state!: ContactPointState;

  @Field(() => ContactSystemEnum)
  system!: ContactSystem;

  @Field(() => String, { nullable: true, description: "E.164 for a telephone; null for an e-mail address." })
  value!: string | null;

  @Field(() => String, { nullable: true })
  displayValue!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Turvapostin osoite · adress för säker e-post: to be used through a secure mail service alone.",
  })
  secureMailAddress!: string | null;

  @Field(() => Boolean, { description: "A nationwide short number, which has no +358 form." })
  shortNumber!: boolean;

  @Field(() => String, { description: "Code of the organisation that answers." })
  organisation!: string;

  @Field(() => String, { nullable: true })
  service!: string | null;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => [ServedAreaType])
  areaServed!: ServedArea[];

  @Field(() => [SituationEnum], { description: "A number printed for one situation serves that one only." })
  situations!: Situation[];

  @Field(() => [PhaseEnum])
  phases!: Phase[];

  @Field(() => Boolean)
  urgentOnly!: boolean;

  @Field(() => OpeningHoursType, { nullable: true })
  hours!: OpeningHours | null;

  @Field(() => [String])
  languages!: string[];

  @Field(() => [String], { description: "Codes of what to include." })
  include!: string[];

  @Field(() => LocalizedTextType, { nullable: true })
  note!: LocalizedText | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Included." })
  validFrom!: LocalDate | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Included." })
  validUntil!: LocalDate | null;

  @Field(() => String)
  source!: string;

  @Field(() => VerificationEnum)
  verification!: VerificationStatus;

  @Field(() => GraphQLLocalDate, { nullable: true })
  verifiedOn!: LocalDate | null;

  @Field(() => ID, { nullable: true })
  replaces!: ContactPointId | null;

  @Field(() => Int, { description: "Send it back with a change; another's change in between is then not lost." })
  version!: number;
}

export const ContactPointConnection = connectionType("ContactPoint", () => ContactPointType);

@Public()
@ObjectType("ContactPointEvent", { simpleResolvers: true })
class ContactPointEventType implements ContactPointEvent {
  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => ContactPointEventEnum)
  kind!: ContactPointEventKind;

  @Field(() => ID, { nullable: true })
  workerId!: ContactPointEvent["workerId"];

  @Field(() => String, { nullable: true })
  workerName!: string | null;

  @Field(() => Int)
  version!: number;

  @Field(() => String, { nullable: true })
  note!: string | null;
}

@Public()
@ObjectType({ description: "A contact point with what people did to it, oldest first.", simpleResolvers: true })
export class ContactPointHistory {
  @Field(() => ContactPointType)
  contactPoint!: ContactPointType;

  @Field(() => [ContactPointEventType])
  history!: ContactPointEventType[];
}
