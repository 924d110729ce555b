import { GraphQLLocalDate } from "graphql-scalars";
import { Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import { Public } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { LocalizedTextType, enumType } from "../operation/published.ts";
import { OrganisationKindEnum } from "./contact-point.graphql.ts";
import type { CountyView, EmploymentAreaView, MunicipalityView, RiseUnitView } from "./contact.service.ts";
import type { AreaReadiness } from "./directory.ts";
import { LANGUAGE_STATUSES, READINESS_STATUSES, RISE_UNIT_KINDS, type ReadinessStatus } from "./directory-data.ts";
import type { Organisation, OrganisationKind } from "./reference.ts";

const LanguageStatusEnum = enumType(
  "LanguageStatus",
  LANGUAGE_STATUSES,
  "Kunnan kielellinen jaotus · kommunens språkliga indelning.",
);
export const ReadinessStatusEnum = enumType(
  "ReadinessStatus",
  READINESS_STATUSES,
  "Ei aloitettu, alussa, työ kesken, valmis · inte påbörjad, i början, pågår, färdig.",
);
const RiseUnitKindEnum = enumType(
  "RiseUnitKind",
  RISE_UNIT_KINDS,
  "Rikosseuraamuskeskus, vankila, yhdyskuntaseuraamustoimisto · brottspåföljdscentral, fängelse, byrå för samhällspåföljder.",
);

@Public()
@ObjectType("Organisation", {
  description: "Organisaatio · organisation: anybody who can be contacted.",
  simpleResolvers: true,
})
export class OrganisationType {
  @Field(() => String)
  code!: string;

  @Field(() => OrganisationKindEnum)
  kind!: OrganisationKind;

  @Field(() => LocalizedTextType)
  name!: LocalizedText;

  @Field(() => String, { nullable: true, description: "Y-tunnus · FO-nummer." })
  businessId!: string | null;

  @Field(() => Boolean, { description: "False where the area served was inferred." })
  areaCertain!: boolean;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Last day of its work, included." })
  validUntil!: LocalDate | null;

  @Field(() => Boolean)
  consentRequired!: boolean;

  @Field(() => LocalizedTextType, { nullable: true })
  note!: LocalizedText | null;
}

@Public()
@ObjectType("Municipality", {
  description: "Kunta · kommun, with its two independent receivers.",
  simpleResolvers: true,
})
export class MunicipalityType implements Omit<MunicipalityView, "county" | "employmentArea"> {
  @Field(() => String, { description: "Three digits." })
  code!: string;

  @Field(() => String)
  fi!: string;

  @Field(() => String)
  sv!: string;

  @Field(() => LanguageStatusEnum)
  languageStatus!: MunicipalityView["languageStatus"];

  @Field(() => String, { description: "Kelan palvelualue · FPA:s serviceområde." })
  kelaServiceArea!: string;

  @Field(() => OrganisationType, { description: "Hyvinvointialue · välfärdsområde." })
  countyReceiver!: Organisation;

  @Field(() => OrganisationType, { description: "Työllisyysalue · sysselsättningsområde." })
  employmentReceiver!: Organisation;
}

@Public()
@ObjectType("AreaReadiness", { description: "How far an area's manual had come, and when.", simpleResolvers: true })
class AreaReadinessType implements AreaReadiness {
  @Field(() => String)
  countyCode!: string;

  @Field(() => ReadinessStatusEnum)
  status!: ReadinessStatus;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Null when the source is undated." })
  asOf!: LocalDate | null;

  @Field(() => String)
  source!: string;

  @Field(() => GraphQLISODateTime, { nullable: true })
  recordedAt!: Date | null;
}

@Public()
@ObjectType("County", {
  description: "Hyvinvointialue · välfärdsområde; Helsinki and Åland among them.",
  simpleResolvers: true,
})
export class CountyType implements Omit<CountyView, "manualReadiness"> {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  fi!: string;

  @Field(() => String)
  sv!: string;

  @Field(() => String)
  en!: string;

  @Field(() => String, { description: "Its code as an organisation." })
  organisation!: string;

  @Field(() => String, { nullable: true, description: "Y-tunnus · FO-nummer." })
  businessId!: string | null;

  @Field(() => String, { nullable: true })
  oidRoot!: string | null;

  @Field(() => Boolean)
  bilingual!: boolean;

  @Field(() => AreaReadinessType, { nullable: true })
  readiness!: AreaReadiness | null;

  @Field(() => [AreaReadinessType], { description: "Oldest first." })
  readinessHistory!: AreaReadiness[];
}

@Public()
@ObjectType("EmploymentArea", { description: "Työllisyysalue · sysselsättningsområde.", simpleResolvers: true })
export class EmploymentAreaType implements EmploymentAreaView {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  fi!: string;

  @Field(() => String)
  sv!: string;

  @Field(() => [String], { description: "Codes of the counties into which it reaches; five areas span two." })
  counties!: string[];
}

@Public()
@ObjectType("RiseUnit", {
  description: "Rikosseuraamuslaitoksen yksikkö · enhet vid Brottspåföljdsmyndigheten.",
  simpleResolvers: true,
})
export class RiseUnitType implements Omit<RiseUnitView, "svEvidence"> {
  @Field(() => String)
  code!: string;

  @Field(() => RiseUnitKindEnum)
  kind!: RiseUnitView["kind"];

  @Field(() => String, { description: "Code of its regional centre." })
  centre!: string;

  @Field(() => String, { nullable: true, description: "Municipality code; null where the decree names no seat." })
  municipality!: string | null;

  @Field(() => String)
  fi!: string;

  @Field(() => String)
  sv!: string;

  @Field(() => String)
  en!: string;

  @Field(() => Boolean, { description: "Kaksikielinen osasto · tvåspråkig avdelning." })
  bilingualWard!: boolean;

  @Field(() => OrganisationType, {
    nullable: true,
    description: "Poliklinikka · poliklinik: the clinic that treats the prison's prisoners.",
  })
  clinic!: Organisation | null;
}
