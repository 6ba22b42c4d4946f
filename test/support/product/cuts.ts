import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Db } from '../../../server/base/db/database.ts'
import { factsAfter } from '../../../server/desk/facts/told.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { PASSWORD } from '../people.ts'
import { factNumbers, type TestCity } from '../registers/city.ts'
import { status } from '../registers/sites.ts'
import { type Session, signIn } from '../session.ts'
import { until } from '../until.ts'
import { type Product, startProduct } from './product.ts'
import { type Watcher, watch } from './watcher.ts'

/** How many sites change all the time, so that there is always something being written. */
const FLICKERING = 10
/** What is under way when the product is cut off: facts told and comments answered in this round. */
const FLOWING = 20
const END_MS = 10_000

/** Where a product runs that is cut off again and again. */
export interface CutPlace {
  readonly city: TestCity
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
}

/** What the database holds after all cuts, beside what people were told. */
export interface Reckoning {
  readonly facts: number
  /** Numbers that are missing, or there twice. */
  readonly gaps: number
  /** Facts that somebody heard, and that are not stored as they were told. */
  readonly untrueFacts: number
  readonly acknowledged: number
  /** Changes that were answered as done, and are not there. */
  readonly lost: number
}

/** A product that is cut off in the middle of writing, and all that anybody was told before. */
export class Cuts {
  readonly #place: CutPlace
  /** By number: by socket, or by an answer to a command. */
  readonly #told = new Map<number, Fact>()
  readonly #comments = new Set<string>()
  #seq = 0
  #rounds = 0
  readonly complaints: string[] = []

  constructor(place: CutPlace) {
    this.#place = place
    for (const label of place.city.labels.slice(0, FLICKERING)) flicker(place.city, label)
  }

  start(): Promise<Product> {
    const { city, dataDir, env } = this.#place
    return startProduct({ dataDir, env: { ...city.env, COMMENTS_PER_DAY: '1000000', ...env } })
  }

  /** Starts the product, and has it cut off once facts and comments flow. */
  async round(cut: (product: Product) => Promise<void>): Promise<void> {
    const round = ++this.#rounds
    const product = await this.start()
    await product.ready()
    const session = await signIn(product.origin, 'duty', PASSWORD)
    const watcher = await watch(session)
    const { board, facts } = watcher
    if (board.seq < this.#seq) this.complaints.push(`round ${round} begins at ${board.seq}, not ${this.#seq}`)
    const commenting = this.#comment(session, watcher, round)
    const before = this.#comments.size
    const flows = () => facts.length > FLOWING && this.#comments.size > before + FLOWING
    await until('facts and comments flow', flows, 60_000)
    await cut(product)
    await until('the socket is gone', () => !watcher.socket.connected)
    await commenting
    this.complaints.push(...watcher.complaints)
    for (const fact of facts) this.#told.set(fact.seq, fact)
    this.#seq = board.seq
    watcher.close()
  }

  /** Comments on live alerts as fast as they are answered, until the server is gone. */
  async #comment(session: Session, { board, socket }: Watcher, round: number): Promise<void> {
    for (let number = 0; ; number++) {
      const alert = board.alerts.values().next().value
      if (!alert) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        continue
      }
      const text = `第${round}轮第${number}条`
      try {
        await session.call('commentAlert', { params: { id: alert.id }, body: { text } })
        this.#comments.add(text)
      } catch {
        if (!socket.connected) return
      }
    }
  }

  async reckon(db: Db): Promise<Reckoning> {
    const numbers = await factNumbers(db)
    const stored = new Map((await factsAfter(db, 0, 1_000_000)).map((fact) => [fact.seq, fact]))
    const texts = new Set(
      [...stored.values()].map((fact) => (fact.kind === 'alert.commented' ? fact.data.text : null)),
    )
    const isAsTold = (fact: Fact) => isDeepStrictEqual(asSent(stored.get(fact.seq)), fact)
    return {
      facts: numbers.length,
      gaps: numbers.filter((seq, index) => seq !== index + 1).length,
      untrueFacts: [...this.#told.values()].filter((fact) => !isAsTold(fact)).length,
      acknowledged: this.#comments.size,
      lost: [...this.#comments].filter((text) => !texts.has(text)).length,
    }
  }
}

const asSent = (fact: Fact | undefined): unknown => (fact ? JSON.parse(JSON.stringify(fact)) : null)

/** A site that is down and up again by turns, so that there is always something being written. */
export function flicker(city: TestCity, label: string): void {
  let count = 0
  city.sites.set(label, (req, res) => status(count++ % 6 < 3 ? 500 : 200)(req, res))
}

/**
 * Processes of a data directory that still run after a while (Linux, /proc). @param dataDir as the product was given it
 * @returns their numbers; empty as soon as there is none
 */
export async function processesLeft(dataDir: string): Promise<number[]> {
  const left = () => everyProcess().filter((pid) => isOf(pid, dataDir))
  await until('all its processes are gone', () => left().length === 0, END_MS).catch(() => {})
  return left()
}

const everyProcess = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

function isOf(pid: number, dataDir: string): boolean {
  try {
    const given = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    return given.includes(`DATA_DIR=${dataDir}`) || given.includes(`EMBEDDED_DATA=${dataDir}`)
  } catch {
    return false
  }
}
