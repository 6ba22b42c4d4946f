import type { Language } from '../../../shared/base/words/locales.ts'
import en from '../../../shared/locales/en/commands/doctor.json'
import zh from '../../../shared/locales/zh-CN/commands/doctor.json'
import { type Speaker, speaker } from '../../base/commands/words.ts'
import type { Config } from '../../base/config.ts'

export type Word = keyof typeof zh
export type Say = Speaker<Word>
export const doctorWords = (language: Language): Say => speaker({ zh, en }, language)

type Values = Readonly<Record<string, string | number>>

/** What is looked at, in the order in which it is told. */
export const CHECKS = [
  'settings',
  'node',
  'pages',
  'database',
  'rights',
  'migrations',
  'key',
  'clock',
  'dns',
  'line',
  'ipv6',
  'port',
  'disk',
  'files',
  'memory',
  'browser',
] as const
export type Check = (typeof CHECKS)[number]
export const LEVELS = ['ok', 'warning', 'fault'] as const
export type Level = (typeof LEVELS)[number]

/** What was found of one thing; with a warning or a fault goes what is to be mended. */
export interface Finding {
  readonly check: Check
  readonly level: Level
  readonly said: Word
  readonly mend?: Word
  readonly values?: Values
}

export const fine = (check: Check, said: Word, values: Values = {}): Finding => ({
  check,
  level: 'ok',
  said,
  values,
})

/** Something that works, and will not for long or not well. */
export const warn = (check: Check, said: Word, mend: Word, values: Values = {}): Finding => ({
  check,
  level: 'warning',
  said,
  mend,
  values,
})

/** Something that the product cannot work with. */
export const fault = (check: Check, said: Word, mend: Word, values: Values = {}): Finding => ({
  check,
  level: 'fault',
  said,
  mend,
  values,
})

/** What is known to those who look. */
export interface Patient {
  readonly config: Config
  /** Where the built pages lie. */
  readonly webDir: string
}

/** Looks at one thing or at several of a kind. What it throws is a fault of the first. */
export type Look = (patient: Patient) => Promise<readonly Finding[]>

export const whyOf = (error: unknown): string => {
  if (error instanceof AggregateError) return whyOf(error.errors[0])
  return error instanceof Error
    ? error.message || String((error as NodeJS.ErrnoException).code)
    : String(error)
}
