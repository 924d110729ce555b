/** The five authorities of the transition phase (nivelvaihe). */
export const AUTHORITIES = ["RISE", "VTH", "COUNTY", "EMPLOYMENT", "KELA"] as const;
export type Authority = (typeof AUTHORITIES)[number];
