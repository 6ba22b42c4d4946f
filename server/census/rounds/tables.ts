import type { ColumnType, Generated } from 'kysely'
import type { Round, RoundSite, Sample } from '../../../shared/census/rounds/rounds.ts'
import type { RoundKind, RoundState } from '../../../shared/census/rounds/rounds-rules.ts'
import type { Level } from '../../../shared/register/sites/sites.ts'
import type { Once } from '../../base/db/database.ts'

/** A round of checks. Of what nobody in person has done, who did it is null. */
export interface CensusRoundTable {
  id: Generated<number>
  version: Generated<number>
  kind: Once<RoundKind>
  /** Its number is made of kind, year and serial. */
  year: Once<number>
  serial: Once<number>
  state: RoundState
  edition: string
  revision: number | null
  /** As YYYY-MM-DD. */
  opens_on: string
  due_on: string
  repeats: boolean
  /** In the list; 0 until it is opened. */
  sites: Generated<number>
  sample: ColumnType<Sample | null, string | null, never>
  seed: string | null
  frame_hash: string | null
  seed_first: boolean
  planned_by: Once<number | null>
  planned_at: Once<Date>
  opened_by: number | null
  opened_at: Date | null
  drawn_by: number | null
  drawn_at: Date | null
  /** A deep monitoring rests since then. */
  paused_by: Generated<number | null>
  paused_at: Generated<Date | null>
  ended_by: number | null
  ended_at: Date | null
  ended_note: string | null
}

/** A site of a round, as it was when the round was opened. */
export interface CensusRoundSiteTable {
  round_id: number
  site_id: number
  /** Its place in the list: by code, after a draw by stratum and rank. */
  position: number
  code: string
  name: string
  level: Level
  district: string
  unit_id: number
  unit_name: string
  stratum: string | null
  rank: number | null
  draw: RoundSite['draw']
  second: Generated<boolean>
  result: RoundSite['result']
  points: number | null
  /** Of a deep monitoring: the vetoes by which it failed; null: that was not kept with its result. */
  vetoes: string[] | null
  /** Of a deep monitoring: what its home page said of itself, held against the register of then. */
  checks: ColumnType<RoundSite['checks'], string | null | undefined, string | null>
}

export type RoundStep = Round['may'][number]

declare module '../../base/db/database.ts' {
  interface Database {
    census_round: CensusRoundTable
    census_round_site: CensusRoundSiteTable
  }
}
