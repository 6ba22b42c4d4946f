import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { atMost, type Figure, told } from '../bench/figure.ts'
import { freePort, KEEPS, type PostgresServer, startPostgres } from '../support/databases/postgres-server.ts'
import { PASSWORD } from '../support/people.ts'
import { flicker } from '../support/product/cuts.ts'
import { type Product, startProduct } from '../support/product/product.ts'
import { type Watcher, watch } from '../support/product/watcher.ts'
import { buildCity, type TestCity, withDatabase } from '../support/registers/city.ts'
import { type Session, signIn } from '../support/session.ts'
import { until } from '../support/until.ts'
import { balance } from './books.ts'

const SITES = 60
/** Of them, so many change all the time: the first. */
export const FLICKERING = 12
const PATIENCE_MS = 120_000

/** `vantage`: a monitor that looks from another place. */
export type Role = 'web' | 'monitor' | 'vantage'

export interface PlaceOptions {
  readonly postgres?: PostgresServer
  /** What connection string a role gets; that of the database unless told. */
  readonly url?: (role: Role, direct: string) => string
  /** More of the environment of both. */
  readonly env?: Record<string, string>
}

/**
 * A city of sixty sites on PostgreSQL with a web process and a monitor; some sites change all the time, somebody comments on
 * alerts without a pause, and a browser looks on.
 */
export class Place {
  readonly postgres: PostgresServer
  readonly city: TestCity
  readonly #options: PlaceOptions
  readonly #products = new Map<Role, Product>()
  readonly #ports = new Map<Role, number>()
  readonly #answered = new Set<string>()
  #session: Session | null = null
  #watcher: Watcher | null = null
  #isOver = false
  #commenting: Promise<void> = Promise.resolve()

  private constructor(postgres: PostgresServer, city: TestCity, options: PlaceOptions) {
    this.postgres = postgres
    this.city = city
    this.#options = options
  }

  static async open(options: PlaceOptions = {}): Promise<Place> {
    const postgres = options.postgres ?? (await startPostgres([KEEPS]))
    const city = await buildCity({ databaseUrl: postgres.url(), dataDir: '' }, SITES)
    for (const label of city.labels.slice(0, FLICKERING)) flicker(city, label)
    const place = new Place(postgres, city, options)
    await place.start('web')
    await place.start('monitor')
    await place.product('web').ready()
    await place.product('monitor').ready()
    place.#session = await signIn(place.product('web').origin, 'duty', PASSWORD)
    place.#watcher = await watch(place.#session)
    place.#commenting = place.#comment()
    await place.settle()
    return place
  }

  get session(): Session {
    if (!this.#session) throw new Error('nobody has signed in yet')
    return this.#session
  }

  product(role: Role): Product {
    const product = this.#products.get(role)
    if (!product) throw new Error(`no ${role} was started`)
    return product
  }

  /** Starts it, at the same port each time. */
  async start(role: Role): Promise<Product> {
    const port = this.#ports.get(role) ?? (await freePort())
    this.#ports.set(role, port)
    const direct = this.postgres.url()
    const url = this.#options.url?.(role, direct) ?? direct
    const env = { ...this.city.env, COMMENTS_PER_DAY: '1000000', DATABASE_URL: url, ...this.#options.env }
    const product = await startProduct(
      role === 'vantage'
        ? { env: { ...env, VANTAGE: '电信' }, port, args: ['--role', 'monitor'] }
        : { env, port, args: ['--role', role] },
    )
    this.#products.set(role, product)
    return product
  }

  /** Facts and comments are under way. */
  async flows(): Promise<void> {
    const facts = this.#watcher?.facts.length ?? 0
    const answered = this.#answered.size
    const flowing = () => (this.#watcher?.facts.length ?? 0) > facts + 3 && this.#answered.size > answered + 3
    await until('facts and comments flow', flowing, PATIENCE_MS)
  }

  /** The other place looks at sites. */
  async looks(): Promise<void> {
    await withDatabase(this.postgres.url(), async (db) => {
      const { now } = await db.selectNoFrom(sql<Date>`clock_timestamp()`.as('now')).executeTakeFirstOrThrow()
      const looked = () => db.selectFrom('vantage_look').select('site_id').where('at', '>', now).execute()
      await until('another place looks at sites', async () => (await looked()).length > 3, PATIENCE_MS)
    })
  }

  /** Waits until both processes are ready, every site is visited anew and the browser hears of it. */
  async settle(): Promise<void> {
    for (const role of ['web', 'monitor'] as const) await this.product(role).ready(PATIENCE_MS)
    const before = this.city.labels.map((label) => this.city.sites.visits(label))
    const isVisited = () =>
      this.city.labels.every((label, index) => this.city.sites.visits(label) > (before[index] ?? 0))
    await until('every site is visited anew', isVisited, PATIENCE_MS)
    await this.flows()
  }

  async #comment(): Promise<void> {
    for (let number = 0; !this.#isOver; number++) {
      const alert = this.#watcher?.board.alerts.values().next().value
      const text = `第${number}条`
      try {
        if (!alert || !this.#session) throw new Error('there is no alert yet')
        await this.#session.call('commentAlert', { params: { id: alert.id }, body: { text } })
        this.#answered.add(text)
        await sleep(20)
      } catch {
        await sleep(200)
      }
    }
  }

  /** Stops everything and says what it came to. */
  async close(name: string): Promise<Figure[]> {
    this.#isOver = true
    await this.#commenting
    const complaints = this.#watcher?.complaints.length ?? 0
    this.#watcher?.close()
    for (const product of this.#products.values()) await product.stop()
    const books = await withDatabase(this.postgres.url(), (db) => balance(db, this.#answered))
    await this.city.close()
    await this.postgres.remove()
    for (const what of books.wrong) process.stderr.write(`${name}: ${what}\n`)
    return [
      told(`${name}: facts told`, books.facts, ''),
      atMost('… books that do not balance', books.wrong.length, 0, ''),
      atMost('… gaps and repetitions that a browser saw', complaints, 0, ''),
      told('… longest that no visit was recorded', books.blindS, 's', 1),
    ]
  }
}
