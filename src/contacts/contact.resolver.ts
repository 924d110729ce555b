import { GraphQLLocalDate } from "graphql-scalars";
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { TouchesNobody } from "../disclosure/published.ts";
import type { LocalDate } from "../kernel/dates.ts";
import { type Connection, connectionOf } from "../operation/published.ts";
import { type RequestContext, callerOf } from "../operation/request-context.ts";
import type { Phase, Situation } from "./contact.ts";
import {
  ContactPointConnection,
  ContactPointHistory,
  type ContactPointType,
  PhaseEnum,
  SituationEnum,
} from "./contact-point.graphql.ts";
import { ContactAnswerType } from "./contact.graphql.ts";
import {
  AreaReadinessPayload,
  ContactPointFilterType,
  ContactPointPayload,
  ProposeContactPointInputType,
  proposalOf,
} from "./contact-input.graphql.ts";
import type { ContactService } from "./contact.service.ts";
import type { ReadinessStatus } from "./directory-data.ts";
import {
  CountyType,
  EmploymentAreaType,
  MunicipalityType,
  ReadinessStatusEnum,
  RiseUnitType,
} from "./directory.graphql.ts";

@Resolver()
export class ContactResolver {
  constructor(private readonly contacts: ContactService) {}

  @TouchesNobody("READ_DIRECTORY")
  @Query(() => MunicipalityType, {
    nullable: true,
    description: "A municipality by code or by Finnish or Swedish name.",
  })
  municipality(
    @Ctx() context: RequestContext,
    @Arg("codeOrName", () => String) codeOrName: string,
  ): Promise<MunicipalityType | null> {
    return this.contacts.findMunicipality(callerOf(context), { codeOrName });
  }

  @TouchesNobody("READ_DIRECTORY")
  @Query(() => [CountyType], { description: "The 21 wellbeing services counties, Helsinki and Åland." })
  counties(@Ctx() context: RequestContext): Promise<CountyType[]> {
    return this.contacts.listCounties(callerOf(context), {});
  }

  @TouchesNobody("READ_DIRECTORY")
  @Query(() => [EmploymentAreaType], { description: "The 45 employment areas and Åland." })
  employmentAreas(@Ctx() context: RequestContext): Promise<EmploymentAreaType[]> {
    return this.contacts.listEmploymentAreas(callerOf(context), {});
  }

  @TouchesNobody("READ_DIRECTORY")
  @Query(() => [RiseUnitType], { description: "The regional centres, prisons and probation offices." })
  riseUnits(@Ctx() context: RequestContext): Promise<RiseUnitType[]> {
    return this.contacts.listRiseUnits(callerOf(context), {});
  }

  @TouchesNobody("READ_DIRECTORY")
  @Query(() => ContactPointConnection, { description: "The contact points in use today." })
  async contactPoints(
    @Ctx() context: RequestContext,
    @Arg("first", () => Int, { defaultValue: 20 }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
    @Arg("filter", () => ContactPointFilterType, { nullable: true }) filter?: ContactPointFilterType | null,
  ): Promise<Connection<ContactPointType>> {
    return connectionOf(
      await this.contacts.listContactPoints(callerOf(context), {
        first,
        after: after ?? undefined,
        filter: filter ?? {},
      }),
    );
  }

  @TouchesNobody("KEEP_DIRECTORY")
  @Query(() => ContactPointHistory, { nullable: true, description: "One contact point with its history." })
  contactPoint(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID) contactPointId: string,
  ): Promise<ContactPointHistory | null> {
    return this.contacts.findContactPoint(callerOf(context), { contactPointId });
  }

  @TouchesNobody("KEEP_DIRECTORY")
  @Query(() => ContactPointConnection, { description: "Your task list as a steward." })
  async contactPointsToVerify(
    @Ctx() context: RequestContext,
    @Arg("first", () => Int, { defaultValue: 20 }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<ContactPointType>> {
    return connectionOf(
      await this.contacts.contactPointsToVerify(callerOf(context), { first, after: after ?? undefined }),
    );
  }

  @TouchesNobody("READ_DIRECTORY")
  @Query(() => ContactAnswerType, {
    description:
      "Whom to contact for somebody of this municipality; a prison unit alone: for somebody without a home municipality. No person is named or touched.",
  })
  whomToContact(
    @Ctx() context: RequestContext,
    @Arg("situation", () => SituationEnum) situation: Situation,
    @Arg("phase", () => PhaseEnum) phase: Phase,
    @Arg("municipality", () => String, { nullable: true, description: "Code or name." }) municipality?: string | null,
    @Arg("prisonUnit", () => String, { nullable: true, description: "Code of the prison." }) prisonUnit?: string | null,
    @Arg("urgent", () => Boolean, { defaultValue: false }) urgent = false,
  ): Promise<ContactAnswerType> {
    return this.contacts.whomToContact(callerOf(context), {
      municipality: municipality ?? null,
      prisonUnit: prisonUnit ?? null,
      situation,
      phase,
      urgent,
    });
  }

  @TouchesNobody("KEEP_DIRECTORY")
  @Mutation(() => ContactPointPayload, {
    description: "Proposes a contact point; a steward's verification brings it into use.",
  })
  proposeContactPoint(
    @Ctx() context: RequestContext,
    @Arg("input", () => ProposeContactPointInputType) input: ProposeContactPointInputType,
  ): Promise<ContactPointPayload> {
    return this.contacts.proposeContactPoint(callerOf(context), proposalOf(input));
  }

  @TouchesNobody("KEEP_DIRECTORY")
  @Mutation(() => ContactPointPayload, { description: "A steward confirms that the contact point is right today." })
  verifyContactPoint(
    @Ctx() context: RequestContext,
    @Arg("contactPointId", () => ID) contactPointId: string,
    @Arg("version", () => Int) version: number,
  ): Promise<ContactPointPayload> {
    return this.contacts.verifyContactPoint(callerOf(context), { contactPointId, version });
  }

  @TouchesNobody("KEEP_DIRECTORY")
  @Mutation(() => ContactPointPayload, { description: "A steward says that the contact point is no longer right." })
  expireContactPoint(
    @Ctx() context: RequestContext,
    @Arg("contactPointId", () => ID) contactPointId: string,
    @Arg("version", () => Int) version: number,
    @Arg("reason", () => String, { nullable: true }) reason?: string | null,
  ): Promise<ContactPointPayload> {
    return this.contacts.expireContactPoint(callerOf(context), { contactPointId, version, reason: reason ?? null });
  }

  @TouchesNobody("KEEP_DIRECTORY")
  @Mutation(() => AreaReadinessPayload, {
    description: "A steward says how far the area's manual has come; earlier words are kept.",
  })
  recordAreaReadiness(
    @Ctx() context: RequestContext,
    @Arg("countyCode", () => String) countyCode: string,
    @Arg("status", () => ReadinessStatusEnum) status: ReadinessStatus,
    @Arg("asOf", () => GraphQLLocalDate) asOf: LocalDate,
    @Arg("source", () => String) source: string,
  ): Promise<AreaReadinessPayload> {
    return this.contacts.recordAreaReadiness(callerOf(context), { countyCode, status, asOf, source });
  }
}
