import { defineEntity, p } from "@mikro-orm/core";

export const ClientEntity = defineEntity({
  name: "Client",
  tableName: "client",
  properties: {
    id: p.text().primary(),
    name: p.text(),
    registeredAt: p.datetime(),
    suspendedAt: p.datetime().nullable(),
    mayIntrospect: p.boolean().default(false),
    onlyTrusted: p.boolean().nullable(),
    partner: p.boolean().default(false),
    pointsPerMinute: p.integer().nullable(),
  },
});

/** Written by the package rate-limiter-flexible alone. */
export const ClientSpendingEntity = defineEntity({
  name: "ClientSpending",
  tableName: "client_spending",
  properties: {
    key: p.text().primary(),
    points: p.integer().default(0),
    expire: p.bigint("string").nullable(),
  },
});
