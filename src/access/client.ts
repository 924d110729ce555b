/** An application that speaks to the hub: an OAuth client, or an information system behind X-Road. */
export interface Client {
  /** OAuth `client_id`, or X-Road client identifier (`instance/class/member/subsystem`). */
  id: string;
  name: string;
  registeredAt: Date;
  /** Since when it may not speak; null: it may. */
  suspendedAt: Date | null;
  /** May ask for the schema by introspection. */
  mayIntrospect: boolean;
  /** Whether it may send only operations registered beforehand; null: as the hub is set. */
  onlyTrusted: boolean | null;
  /** Whether its users' tokens count only beside its own, so that one stolen from it opens nothing. */
  partner: boolean;
  /** Cost points a minute, all of which may be spent at once; null: as the hub is set. */
  pointsPerMinute: number | null;
}

/** What a client may do beyond its caller's own rights. */
export type ClientRights = Pick<Client, "mayIntrospect" | "onlyTrusted" | "partner">;
