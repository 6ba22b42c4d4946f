/** What a note can be about: the whole, a district, a unit, a site. */
export const NOTED = ['city', 'district', 'unit', 'site'] as const
export type Noted = (typeof NOTED)[number]

/** Characters. */
export const MAX_NOTE = 1000
