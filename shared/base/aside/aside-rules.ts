/** Set aside now, or settled since. */
export const ASIDE_STATES = ['open', 'ended'] as const
export type AsideState = (typeof ASIDE_STATES)[number]
