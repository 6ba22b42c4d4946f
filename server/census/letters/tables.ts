import type { Generated } from 'kysely'
import type {
  LetterKind,
  LetterState,
  LetterStep,
  SiteFault,
} from '../../../shared/census/letters/letters-rules.ts'
import type { Once } from '../../base/db/database.ts'

/** A letter of a citizen, without the person. Days are local, YYYY-MM-DD. */
export interface LetterTable {
  id: Generated<number>
  version: Generated<number>
  /** Of its receipt, and the number within it. */
  year: Once<number>
  serial: Once<number>
  reference: Once<string | null>
  via: Once<'form' | 'import'>
  kind: Once<LetterKind>
  title: Once<string>
  body: Once<string>
  mark: Once<string>
  state: LetterState
  unit_id: number | null
  district: string | null
  joint_unit_ids: Generated<number[]>
  joint_districts: Generated<string[]>
  /** The edition of the hotline's rules, and the working days of its term. */
  rules: Once<string>
  workdays: Once<number>
  extended: number | null
  asked: number | null
  asked_by: number | null
  received_on: Once<string>
  due_on: string
  due_provisional: boolean
  /** From which day what is to be done now is reckoned, and its last day; null: nothing is to be done. */
  act_from: string | null
  act_on: string | null
  first_answered_on: string | null
  answered_on: string | null
  reply: string | null
  reply_by: number | null
  replied_on: string | null
  rating: number | null
  published_on: string | null
  merged_into: number | null
  site_id: number | null
  fault: SiteFault | null
  finding_id: number | null
  created_at: Once<Date>
}

/** Who has written a letter; deleted when nobody needs it any more. */
export interface LetterPersonTable {
  letter_id: number
  name: string
  phone: string
  mail: string
  address: string
  mark: string
}

/** What was done about a letter; never changed. */
export interface LetterStepTable {
  id: Generated<number>
  letter_id: Once<number>
  step: Once<LetterStep | 'record'>
  at: Once<Date>
  on_day: Once<string | null>
  actor_id: Once<number | null>
  actor_name: Once<string | null>
  unit_id: Once<number | null>
  unit_name: Once<string | null>
  number: Once<number | null>
  text: Once<string>
}

declare module '../../base/db/database.ts' {
  interface Database {
    letter: LetterTable
    letter_person: LetterPersonTable
    letter_step: LetterStepTable
  }
}
