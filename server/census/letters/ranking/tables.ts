import type { Ranking } from '../../../../shared/census/letters/ranking/ranking.ts'
import type { Json, Once } from '../../../base/db/database.ts'

/** A month as it was published. */
export interface LetterRankingTable {
  month: Once<string>
  body: Json<Ranking>
  hash: Once<string>
  published_at: Once<Date>
  published_by: Once<number | null>
}

declare module '../../../base/db/database.ts' {
  interface Database {
    letter_ranking: LetterRankingTable
  }
}
