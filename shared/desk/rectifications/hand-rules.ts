/** Rules that a rectification without an alert may be about. Of OTHER the monitor can tell nothing: a person checks it. */
export const HAND_RULES = ['DOWN', 'V1', 'V2', 'V3', 'LINKS', 'CERT', 'OTHER'] as const
export type HandRule = (typeof HAND_RULES)[number]
