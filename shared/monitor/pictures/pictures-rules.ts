/**
 * Why a picture was taken. `verdict`: a verdict has changed; `finding`: a person has found something at an address; `problem`: a
 * machine has; `before`, `after`: a rectification began, was verified; `asked`: somebody wanted one; `sight`: the home page as it
 * is, by the week, so that what is changed later can be held against it.
 */
export const PICTURE_REASONS = ['verdict', 'finding', 'problem', 'before', 'after', 'asked', 'sight'] as const
export type PictureReason = (typeof PICTURE_REASONS)[number]

/** Rules of what does not open: whatever a browser shows then is the picture, an error also. */
export const AS_IS_RULES: readonly string[] = ['DOWN', 'V1']

/** Pictures that could not be taken, of which it is said why. */
export const MOST_MISSING = 20
/** Of one picture, in bytes and in px; what is larger is not kept. */
export const MOST_BYTES = 1_000_000
export const MOST_WIDTH = 2_000
export const MOST_HEIGHT = 8_000
/** Of a site; the oldest go, but for those that something else rests on. */
export const KEPT_OF_SITE = 30
/** Days from one `sight` of a home page to the next. */
export const SIGHT_DAYS = 7
/** That people may ask of one site in a day. */
export const ASKED_A_DAY = 10
/** Things whose pictures may be asked for at once. */
export const MOST_REFS = 100
