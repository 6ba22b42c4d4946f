/** What a note can be about: the whole, a district, a unit, a site. */
export const NOTED = ['city', 'district', 'unit', 'site'] as const
export type Noted = (typeof NOTED)[number]

/** Characters. */
export const MAX_NOTE = 1000

/** Bytes of a picture that goes with a note, and how many one person adds in a day. */
export const MOST_NOTE_PICTURE_BYTES = 5 * 1024 * 1024
export const MOST_NOTE_PICTURES_A_DAY = 200
export const NOTE_PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const
