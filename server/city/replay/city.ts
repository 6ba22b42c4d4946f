import { localDay, localTime } from '../../../shared/base/time.ts'
import { type Board, countSites, type Snapshot } from '../../../shared/city/board.ts'
import { limitsOf, ruleSetOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { installationOf } from '../../../shared/people/settings/settings.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { missedOutages } from '../../desk/alerts/look.ts'
import { settingsInForce } from '../../people/settings/settings.ts'
import { namedPlaces } from '../../register/divisions/area.ts'
import { editionOn } from '../../register/rule-editions/in-force.ts'
import { hasMany, snapshotOf } from '../board/snapshot.ts'
import { loadTree } from '../levels/places.ts'
import type { View } from '../sockets/rooms.ts'
import { foldTo } from './checkpoints.ts'
import { factsOf, pastSite, untold } from './fold.ts'
import { firstInstant, instantOf, lastFacts, registerAt, seqAt, tallyAt } from './queries.ts'

/** The whole city at a fact, and the words that its rows refer to. */
export interface PastCity {
  readonly board: Board
  readonly platforms: readonly string[]
}

/** Boards kept in memory: who replays asks for the same few again, and so do others who got the link. */
const KEPT = 8
/** Boards rebuilt at the same time; others wait. The embedded database has one connection for all. */
const AT_ONCE = 2
/** Facts that a ticker begins with. */
const RECENT = 40

/** Rebuilds what was: the register of then, laid over what the facts had said by then. */
export async function cityAtFact(db: Db, seq: number): Promise<PastCity> {
  const board = await foldTo(db, seq)
  const at = (await instantOf(db, seq)) ?? new Date(0)
  const register = await registerAt(db, seq)
  const tree = await loadTree(db)
  const platforms = [...new Set(register.flatMap((row) => row.platform ?? []))].sort()
  const known = new Map(board.sites)
  board.sites.clear()
  for (const { createdAt, platform, division, ...row } of register) {
    const told = known.get(row.id)
    if (!told && createdAt > at) continue
    const within = tree.within({ ...row, division })
    const place = { ...row, within, platform: platform === null ? -1 : platforms.indexOf(platform) }
    board.sites.set(row.id, pastSite(place, row.id, told ? factsOf(told) : untold(createdAt.toISOString())))
  }
  board.counts.clear()
  for (const [code, counts] of countSites(board.sites.values())) board.counts.set(code, counts)
  for (const { siteId, ...tally } of await tallyAt(db, seq, at)) board.tally.set(siteId, tally)
  board.missed.clear()
  for (const { id, siteId } of await missedOutages(db, at)) board.missed.set(id, siteId)
  return { board, platforms }
}

/** Answers what the city was like, a few at a time, and remembers the last answers. */
export class PastCities {
  readonly #ctx: Context
  readonly #kept = new Map<number, Promise<PastCity>>()
  readonly #waiting: (() => void)[] = []
  #underWay = 0

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  /**
   * The board of a view at an instant.
   * @throws Refusal invalid for the future; not_found before the first fact.
   */
  async at(at: Date, view: View, isDemo: boolean): Promise<Snapshot> {
    const { db, clock } = this.#ctx
    if (at.getTime() > clock.now()) {
      throw new Refusal('invalid', 'replay.whatYetComeCannotReplayed')
    }
    const seq = await seqAt(db, at)
    if (seq === null) throw await beforeTheFirst(db)
    const { board, platforms } = await this.#city(seq)
    // Places are called what they are called now.
    const places = await namedPlaces(db)
    const edition = await editionOn(db, localDay(at.getTime()))
    const installation = installationOf(settingsInForce(), edition.code, limitsOf(ruleSetOf(edition)))
    const whole = { board, platforms, places, tree: await loadTree(db), installation, demo: isDemo }
    const recent = await lastFacts(db, view, seq, RECENT)
    return snapshotOf(whole, view, { nowMs: at.getTime(), recent, many: hasMany(view, board) })
  }

  #city(seq: number): Promise<PastCity> {
    const kept = this.#kept.get(seq)
    this.#kept.delete(seq)
    const city = kept ?? this.#build(seq)
    this.#kept.set(seq, city)
    if (!kept) city.catch(() => this.#kept.delete(seq))
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return city
  }

  async #build(seq: number): Promise<PastCity> {
    while (this.#underWay >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#underWay += 1
    try {
      return await cityAtFact(this.#ctx.db, seq)
    } finally {
      this.#underWay -= 1
      this.#waiting.shift()?.()
    }
  }
}

async function beforeTheFirst(db: Db): Promise<Refusal> {
  const first = await firstInstant(db)
  if (!first) return new Refusal('not_found', 'replay.nothingBeenRecordedYet')
  const since = `${localDay(first.getTime())} ${localTime(first.getTime())}`
  return new Refusal('not_found', 'replay.logBegins', { values: { since } })
}
