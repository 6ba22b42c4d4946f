/** What may be answered to a question of an import. `map:` is followed by the code of a division. */
export const PLACE_ANSWERS = ['accept', 'leave', 'map'] as const
export const MISSING_ANSWERS = ['closed', 'moved', 'keep'] as const
export const CHANGED_ANSWERS = ['same', 'other'] as const
/** `other`: another site at the same address; where the code is the same, that cannot be. */
export const REAPPEARED_ANSWERS = ['reopened', 'other', 'mistake'] as const

/** A register as people have it; larger ones are loaded in parts, or by the command. */
export const MAX_REGISTER_BYTES = 32 * 2 ** 20

/** A question by what it is about. */
export const questionKey = {
  unknownCode: (code: string) => `code:${code}`,
  unknownPlace: (text: string) => `place:${text}`,
  outside: (code: string) => `outside:${code}`,
  missing: 'missing',
  /** One of the sites that are missing; goes before the answer for all. */
  missingSite: (code: string) => `missing:${code}`,
  changedCode: (code: string) => `changed:${code}`,
  /** By the code of the site that was over. */
  reappeared: (code: string) => `reappeared:${code}`,
} as const
