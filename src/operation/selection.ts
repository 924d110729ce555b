import type { GraphQLResolveInfo } from "graphql";
import { type DisclosurePlan, type RootPlan, planOperation } from "../disclosure/plan.ts";

const plans = new WeakMap<object, DisclosurePlan>();

/**
 * The plan of the operation that is being executed: the same that `explainDisclosure` tells, so that what is judged and
 * recorded cannot drift from what was explained. Compiled once an execution, whose variables are an object of its own.
 */
export function planOf(info: GraphQLResolveInfo): DisclosurePlan {
  let plan = plans.get(info.variableValues);
  if (!plan) {
    plan = planOperation(info);
    plans.set(info.variableValues, plan);
  }
  return plan;
}

/** What the resolved root field selects. */
export function rootPlanOf(info: GraphQLResolveInfo): RootPlan {
  const root = planOf(info).roots.find((one) => one.responseKey === info.path.key);
  if (!root || info.path.prev) throw new Error("only a root field has a plan");
  return root;
}

/** The paths, as they go on record, of the personal fields that the resolved root field selects. */
export const selectedBy = (info: GraphQLResolveInfo): ReadonlySet<string> => rootPlanOf(info).paths;
