import { MINUTE } from '../../../shared/base/time.ts'
import type { Db } from '../../base/db/database.ts'
import { changedSince, type RegisterRow, registerNow, registerVersion } from './queries.ts'

/** Whether a site is in another part of its group now is no change of which something is kept: it is seen after so long. */
const KEPT_MS = MINUTE

/** The register at any fact. As it is now it is kept for a while, as who replays asks for one instant after another. */
export class PastRegister {
  readonly #db: Db
  #now: { readonly version: string; readonly rows: Promise<RegisterRow[]> } | null = null

  constructor(db: Db) {
    this.#db = db
  }

  /** The register as it was at fact `seq`, in the order of codes, with sites that came later. */
  async at(seq: number): Promise<readonly RegisterRow[]> {
    const now = await this.#asItIs()
    // Read last: what has changed since the rest was read was something else before, and that stands here.
    const past = await changedSince(this.#db, seq)
    if (past.length === 0) return now
    const changed = new Set(past.map(({ id }) => id))
    return [...now.filter(({ id }) => !changed.has(id)), ...past].sort(byCode)
  }

  async #asItIs(): Promise<RegisterRow[]> {
    const version = await registerVersion(this.#db)
    if (this.#now?.version === version) return this.#now.rows
    const kept = { version, rows: registerNow(this.#db) }
    this.#now = kept
    const letGo = () => {
      if (this.#now === kept) this.#now = null
    }
    kept.rows.catch(letGo)
    setTimeout(letGo, KEPT_MS).unref()
    return kept.rows
  }
}

const byCode = (a: RegisterRow, b: RegisterRow): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
