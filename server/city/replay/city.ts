import { localDay, localTime } from '../../../shared/base/time.ts'
import { type Board, countSite, emptyBoard, type Snapshot } from '../../../shared/city/board.ts'
import { limitsOf, ruleSetOf } from '../../../shared/monitor/verdicts/rule-set.ts'
import { installationOf } from '../../../shared/people/settings/settings.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { markAt } from '../../base/facts/log.ts'
import { Refusal } from '../../base/refusal.ts'
import { inSlices, type Steps } from '../../base/slices.ts'
import { missedOutages } from '../../desk/alerts/look.ts'
import { settingsInForce } from '../../people/settings/settings.ts'
import { namedPlaces } from '../../register/divisions/area.ts'
import { editionOn } from '../../register/rule-editions/in-force.ts'
import { hasMany, snapshotOf } from '../board/snapshot.ts'
import { loadTree, type PlaceTree } from '../levels/places.ts'
import type { View } from '../sockets/rooms.ts'
import { foldTo } from './checkpoints.ts'
import { pastSite, untold } from './fold.ts'
import { firstInstant, instantOf, lastFacts, type RegisterRow, seqAt, tallyAt } from './queries.ts'
import { PastRegister } from './register.ts'

/** The whole city at a fact, and the words that its rows refer to. */
export interface PastCity {
  readonly board: Board
  readonly platforms: readonly string[]
}

/**
 * Boards kept in memory, and sites of all of them: who replays asks for the same few again, and so do others who got the link. The
 * last one is kept however large it is.
 */
const KEPT = 8
const KEPT_SITES = 100_000
/** Boards rebuilt at the same time; others wait. The embedded database has one connection for all. */
const AT_ONCE = 2
/** Facts that a ticker begins with. */
const RECENT = 40

/** Rebuilds what was: the register of then, laid over what the facts had said by then. */
export async function cityAtFact(db: Db, seq: number, registers = new PastRegister(db)): Promise<PastCity> {
  const folded = await foldTo(db, seq)
  const at = (await instantOf(db, seq)) ?? new Date(0)
  const register = await registers.at(seq)
  const tree = await loadTree(db, 'past')
  const platforms = [...new Set(register.flatMap((row) => row.platform ?? []))].sort()
  const board = await inSlices(laidOver(folded, register, { at, tree, platforms }))
  for (const { siteId, ...tally } of await tallyAt(db, seq, at)) board.tally.set(siteId, tally)
  for (const { id, siteId } of await missedOutages(db, at)) board.missed.set(id, siteId)
  return { board, platforms }
}

/** A board whose sites are those of a register, with what facts had said of them. */
function* laidOver(
  { seq, sites, alerts, rectifications }: Board,
  register: readonly RegisterRow[],
  { at, tree, platforms }: { at: Date; tree: PlaceTree; platforms: readonly string[] },
): Steps<Board> {
  const board: Board = { ...emptyBoard(), seq, alerts, rectifications }
  const numbers = new Map(platforms.map((platform, number) => [platform, number]))
  for (const row of register) {
    yield
    const told = sites.get(row.id)
    if (!told && row.created_at > at) continue
    const platform = row.platform === null ? -1 : (numbers.get(row.platform) ?? -1)
    const { code, name, district, unit_id: unitId, level } = row
    const place = { code, name, district, unitId, level, platform, within: tree.within(row) }
    const site = pastSite(place, row.id, told ?? untold(row.created_at.toISOString()))
    board.sites.set(row.id, site)
    countSite(board.counts, site)
  }
  return board
}

/** Answers what the city was like, a few at a time, and remembers the last answers. */
export class PastCities {
  readonly #ctx: Context
  readonly #registers: PastRegister
  /** By which fact they are at: once a log has gone back, its number is that of another. */
  readonly #kept = new Map<string, Promise<PastCity>>()
  /** How many sites those have that are there. */
  readonly #sites = new Map<string, number>()
  readonly #waiting: (() => void)[] = []
  #underWay = 0

  constructor(ctx: Context) {
    this.#ctx = ctx
    this.#registers = new PastRegister(ctx.db)
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
    const { board, platforms } = await this.#city(seq, (await markAt(db, seq)) ?? '')
    // Places are called what they are called now.
    const places = await namedPlaces(db)
    const edition = await editionOn(db, localDay(at.getTime()))
    const installation = installationOf(settingsInForce(), edition.code, limitsOf(ruleSetOf(edition)))
    const whole = { board, platforms, places, tree: await loadTree(db, 'past'), installation, demo: isDemo }
    const recent = await lastFacts(db, view, seq, RECENT)
    return snapshotOf(whole, view, { nowMs: at.getTime(), recent, many: hasMany(view, board) })
  }

  #city(seq: number, mark: string): Promise<PastCity> {
    const kept = this.#kept.get(mark)
    this.#kept.delete(mark)
    const city = kept ?? this.#build(seq)
    this.#kept.set(mark, city)
    if (!kept) {
      city.then(
        ({ board }) => this.#letGo(mark, board.sites.size),
        () => this.#kept.delete(mark),
      )
    }
    return city
  }

  /** Keeps the last boards, as many as there is room for. @param mark of one that has just been rebuilt, with so many sites. */
  #letGo(mark: string, sites: number): void {
    if (!this.#kept.has(mark)) return
    this.#sites.set(mark, sites)
    const all = () => [...this.#sites.values()].reduce((sum, n) => sum + n, 0)
    for (const oldest of [...this.#kept.keys()].slice(0, -1)) {
      if (this.#kept.size <= KEPT && all() <= KEPT_SITES) return
      this.#kept.delete(oldest)
      this.#sites.delete(oldest)
    }
  }

  async #build(seq: number): Promise<PastCity> {
    while (this.#underWay >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#underWay += 1
    try {
      return await cityAtFact(this.#ctx.db, seq, this.#registers)
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
