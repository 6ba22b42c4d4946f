import questions from './questions.json' with { type: 'json' }

/** The four questions of the 2015 census: 不及时、不准确、不回应、不实用, and the rules by which each is asked. */
export const QUESTIONS = ['untimely', 'inaccurate', 'unresponsive', 'unusable'] as const
export type Question = (typeof QUESTIONS)[number]
export const RULES_OF: Readonly<Record<Question, readonly string[]>> = questions

/** Months that are looked back over, the asked one with them. */
export const MONTHS_BACK = 24
/** Sites that are named of those that moved most, and of those that stand in the way. */
export const MOST_MOVERS = 8
export const MOST_IN_THE_WAY = 50

/** A sheet counts for a day when it was kept for that day or one of the six before. */
export const SHEET_DAYS = 7
