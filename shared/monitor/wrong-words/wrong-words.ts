import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { LEAST_WORD, MOST_CONTEXT, MOST_WORD, WORD_KINDS } from './wrong-words-rules.ts'

const word = sentText.min(LEAST_WORD).max(MOST_WORD)
const context = z.array(sentText.min(1).max(MOST_WORD)).max(MOST_CONTEXT).default([])

const about = {
  kind: z.enum(WORD_KINDS),
  /** As it must not be written. */
  wrong: word,
  /** As it is written rightly. */
  right: sentText.min(1).max(MOST_WORD),
  /** One of these must stand near, if there are any; none of those may. */
  near: context,
  apart: context,
  note: sentText.max(200).default(''),
}

/** One word of the dictionary. */
export const wrongWord = z.object({
  id: z.int(),
  ...about,
  /** Whether it is looked for. */
  isOn: z.boolean(),
  /** Brought by the program; the office may change it all the same. */
  isBuiltIn: z.boolean(),
  changedAt: z.iso.datetime().nullable(),
  changedBy: z.string().nullable(),
  version: z.int(),
})
export type WrongWord = z.infer<typeof wrongWord>

export const newWrongWord = z.object(about)
export type NewWrongWord = z.output<typeof newWrongWord>

export const wrongWordEdit = newWrongWord.extend({ isOn: z.boolean(), version: z.int().min(1) })
export type WrongWordEdit = z.output<typeof wrongWordEdit>

/** What came, or would come, of a sheet of words. */
export const wordImport = z.object({
  created: z.int(),
  changed: z.int(),
  same: z.int(),
  /** Rows that are not taken; the first of them below, each with its reason in the language asked for. */
  refused: z.int(),
  wrongRows: z.array(z.object({ line: z.int(), cells: z.array(z.string()), reason: z.string() })),
  /** Columns with something in them of which nothing is taken. */
  ignored: z.array(z.string()),
  applied: z.boolean(),
})
export type WordImport = z.infer<typeof wordImport>

/** A wrong word in a text. */
export const wordHit = z.object({
  id: z.int(),
  kind: z.enum(WORD_KINDS),
  wrong: z.string(),
  right: z.string(),
  /** What stands before and behind it. */
  before: z.string(),
  after: z.string(),
})
export type WordHit = z.infer<typeof wordHit>
