/** The five authorities of the transition phase (nivelvaihe). */
export const AUTHORITIES = ["RISE", "VTH", "COUNTY", "EMPLOYMENT", "KELA"] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** Each county and employment area is an authority of its own, with a register of its own; the rest have one. */
export const OF_SEVERAL_REGISTERS: readonly Authority[] = ["COUNTY", "EMPLOYMENT"];
