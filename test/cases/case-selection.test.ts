import { type FragmentDefinitionNode, Kind, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { isFactPath } from "../../src/cases/case.ts";
import { compilePlan } from "../../src/disclosure/plan.ts";
import { createSchema } from "../../src/graphql/schema.ts";

const schema = createSchema([]);

/** The facts that the published schema's document selects. */
function pathsOf(text: string, variables: Record<string, unknown> = {}): string[] {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const plan = compilePlan(schema, document, null, variables);
  if (typeof plan === "string") throw new Error(plan);
  return plan.roots.flatMap((root) => [...root.paths].filter(isFactPath)).sort();
}

const fragments = (text: string) =>
  parse(text).definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION);

describe("the facts that a document selects", () => {
  const documents: [string, string, string[], Record<string, unknown>?][] = [
    ["plain fields", `{ case(id: "1") { person { hetu { status } } } }`, ["person.hetu"]],
    ["only structure", `{ case(id: "1") { id openedAt withheld { path } person { __typename } } }`, []],
    [
      "aliases of the case, the group and the fact",
      `{ one: case(id: "1") { hetu: person { street: familyName { value } } } }`,
      ["person.familyName"],
    ],
    [
      "the same response key twice",
      `{ case(id: "1") { person { hetu { value } } } case(id: "1") { person { phone { value } } } }`,
      ["person.hetu", "person.phone"],
    ],
    [
      "named fragments in fragments",
      `{ case(id: "1") { ...A } } fragment A on Case { person { ...B } } fragment B on PersonFacts { email { value } }`,
      ["person.email"],
    ],
    [
      "inline fragments, with and without a type",
      `{ ... on Query { case(id: "1") { ... { person { ... on PersonFacts { hetu { value } } } } } } }`,
      ["person.hetu"],
    ],
    [
      "a list of cases",
      `{ cases { edges { node { plan { activity { status } } } } } case(id: "1") { id } }`,
      ["plan.activity"],
    ],
    [
      "what a derived field is derived from",
      `{ case(id: "1") { earliestReleaseOn } }`,
      ["sentence.conditionalReleaseOn", "sentence.fullTermOn", "sentence.supervisedFreedomOn"],
    ],
    [
      "literal @skip and @include",
      `{ case(id: "1") { person @skip(if: true) { hetu { value } } plan @include(if: false) { activity { value } }
         family @skip(if: false) @include(if: true) { dependants { status } } } }`,
      ["family.dependants"],
    ],
    [
      "@include by a variable that is true",
      `query ($on: Boolean!) { case(id: "1") { person { hetu @include(if: $on) { value } } } }`,
      ["person.hetu"],
      { on: true },
    ],
    [
      "@include by a variable that is false",
      `query ($on: Boolean!) { case(id: "1") { person { hetu @include(if: $on) { value } } } }`,
      [],
      { on: false },
    ],
    [
      "@skip by a variable's default",
      `query ($off: Boolean = true) { case(id: "1") { id ...A @skip(if: $off) } } fragment A on Case { person { hetu { value } } }`,
      [],
    ],
    [
      "@skip on an inline fragment by a variable",
      `query ($off: Boolean!) { case(id: "1") { ... @skip(if: $off) { person { hetu { value } } } ... @include(if: $off) { plan { activity { value } } } } }`,
      ["plan.activity"],
      { off: true },
    ],
  ];

  it.each(documents)("honours %s", (_, text, expected, variables) => {
    expect(pathsOf(text, variables)).toEqual(expected);
  });

  it("takes nothing of a fragment that no field spreads", () => {
    const spread = `fragment A on Case { person { hetu { value } } }`;
    expect(fragments(spread)).toHaveLength(1);
    expect(pathsOf(`{ case(id: "1") { ...A } } ${spread}`)).toEqual(["person.hetu"]);
    expect(pathsOf(`{ case(id: "1") { ...A @include(if: false) id } } ${spread}`)).toEqual([]);
  });
});
