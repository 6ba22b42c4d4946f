import { type HomePrint, saysSomething, smallest } from '../content/home/print.ts'

/** What a problem consists of, as it is kept. */
export interface ProblemPrint {
  /** Hashes of its words, or of numbers as they are covered. */
  readonly signs: readonly number[]
  /** The page, where all of it is the problem. */
  readonly page?: HomePrint
}

/** Of more, those with the smallest hashes stand for all. */
export const MOST_SIGNS = 500

/** The print of what is told by some words. */
export const printOfSigns = (signs: readonly string[]): ProblemPrint => ({
  signs: smallest(new Set(signs), MOST_SIGNS),
})

/** The same of a home page as a whole; of one with next to no words, its signs alone. */
export const printOfHome = (signs: readonly string[], page: HomePrint): ProblemPrint => ({
  ...printOfSigns(signs),
  ...(saysSomething(page) && { page }),
})
