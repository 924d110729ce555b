import { defineEntity, p } from "@mikro-orm/core";

/** The keys that seal and index, each wrapped by a key that is not in the database. */
export const DataKeyEntity = defineEntity({
  name: "DataKey",
  tableName: "data_key",
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    state: p.text(),
    wrapped: p.blob(),
    wrappingKey: p.text(),
    createdAt: p.datetime(),
  },
});
