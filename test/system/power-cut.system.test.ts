import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../server/db/connect.ts'
import { factsAfter } from '../../server/facts/queries.ts'
import type { Fact } from '../../shared/facts.ts'
import { buildCity, factNumbers, type TestCity, upTo } from '../support/city.ts'
import { killEmbedded } from '../support/embedded.ts'
import { PASSWORD } from '../support/people.ts'
import { type Product, startProduct, stopProducts, temporaryFolder } from '../support/product.ts'
import { type Session, signIn } from '../support/session.ts'
import { status } from '../support/sites.ts'
import { until } from '../support/until.ts'
import { type Watcher, watch } from '../support/watcher.ts'

const dataDir = temporaryFolder()
let city: TestCity
/** All that anybody was ever told, by number: by socket, or by an answer to a command. */
const told = new Map<number, Fact>()
const comments = new Set<string>()

beforeAll(async () => {
  city = await buildCity({ databaseUrl: undefined, dataDir }, 60)
  // Ten sites change all the time, so that there is always something being written.
  for (const label of city.labels.slice(0, 10)) flicker(label)
})
afterAll(async () => {
  await stopProducts()
  await city?.close()
})

function flicker(label: string): void {
  let count = 0
  city.sites.set(label, (req, res) => status(count++ % 6 < 3 ? 500 : 200)(req, res))
}

/** Comments on live alerts as fast as they are answered, until the server is gone. */
async function comment(session: Session, watcher: Watcher, round: number): Promise<void> {
  for (let number = 0; ; number++) {
    const alert = watcher.board.alerts.values().next().value
    if (!alert) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    const text = `第${round}轮第${number}条`
    try {
      await session.call('commentAlert', { params: { id: alert.id }, body: { text } })
      comments.add(text)
    } catch {
      if (!watcher.socket.connected) return
    }
  }
}

async function powerCut(product: Product): Promise<void> {
  killEmbedded(dataDir)
  await product.kill()
}

test('three power cuts in the middle of writing lose nothing that anybody was told', async () => {
  let since: number | null = null
  for (let round = 1; round <= 3; round++) {
    const product = await startProduct({ dataDir, env: { ...city.env, COMMENTS_PER_DAY: '1000000' } })
    await product.ready()
    const session = await signIn(product.origin, 'duty', PASSWORD)
    const watcher = await watch(session)
    if (since !== null) expect(watcher.board.seq).toBeGreaterThanOrEqual(since)
    const commenting = comment(session, watcher, round)
    const before = comments.size
    await until(
      'facts and comments flow',
      () => watcher.facts.length > 20 && comments.size > before + 20,
      60_000,
    )
    await powerCut(product)
    await until('the socket is gone', () => !watcher.socket.connected)
    await commenting
    expect(watcher.complaints).toEqual([])
    for (const fact of watcher.facts) told.set(fact.seq, fact)
    since = watcher.board.seq
    watcher.close()
  }
})

test('after them the log has every fact once, as it was told', async () => {
  const connection = await connect({ databaseUrl: undefined, dataDir })
  try {
    const numbers = await factNumbers(connection.db)
    expect(numbers).toEqual(upTo(numbers.length))
    const stored = new Map((await factsAfter(connection.db, 0, 1_000_000)).map((fact) => [fact.seq, fact]))
    for (const [seq, fact] of told) expect(stored.get(seq), `fact ${seq}`).toEqual(fact)
    const texts = [...stored.values()].flatMap((fact) =>
      fact.kind === 'alert.commented' ? fact.data.text : [],
    )
    const answered = texts.filter((text) => text !== null && comments.has(text))
    expect(answered.length).toBe(comments.size)
  } finally {
    await connection.close()
  }
})
