import { type ClassType, Field, ObjectType, registerEnumType } from "type-graphql";
import { Envelope, Public } from "../disclosure/published.ts";
import type { Page } from "../kernel/page.ts";

/** Shapes that every capability publishes in the same way. */

@Public()
@ObjectType("LocalizedText", { description: "A text in Finnish, Swedish and English.", simpleResolvers: true })
export class LocalizedTextType {
  @Field(() => String)
  fi!: string;

  @Field(() => String)
  sv!: string;

  @Field(() => String)
  en!: string;
}

@Public()
@ObjectType({ description: "Relay page information; pages go forward only.", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: PageInfo;
}

export const connectionOf = <T>(page: Page<T>): Connection<T> => ({
  edges: page.items,
  pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.items.at(-1)?.cursor ?? null },
});

/** Makes the Relay connection type of a node type: `XConnection { edges { cursor node } pageInfo }`. */
export function connectionType<T extends object>(name: string, node: () => ClassType<T>): ClassType<Connection<T>> {
  @Envelope()
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(node)
    node!: T;
  }

  @Envelope()
  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class ConnectionOfNode {
    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }

  return ConnectionOfNode;
}

/** Publishes a closed list of the domain as a GraphQL enum of the same values. */
export function enumType<T extends string>(name: string, values: readonly T[], description: string): Record<T, T> {
  const object = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  registerEnumType(object, { name, description });
  return object;
}
