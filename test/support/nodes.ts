/** The things of a Relay connection, without their cursors. */
export const nodesOf = <T>(connection: { edges: { node: T }[] }): T[] => connection.edges.map((edge) => edge.node);
