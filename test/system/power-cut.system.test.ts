import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../server/base/db/connect.ts'
import { killEmbedded } from '../support/databases/embedded.ts'
import { Cuts, processesLeft } from '../support/product/cuts.ts'
import { stopProducts, temporaryFolder } from '../support/product/product.ts'
import { buildCity, type TestCity } from '../support/registers/city.ts'

/* The short form of `npm run test:hostile -- --only kills`. */

const dataDir = temporaryFolder()
const temporary = join(temporaryFolder(), 'tmp')
let city: TestCity
let cuts: Cuts

beforeAll(async () => {
  mkdirSync(temporary)
  city = await buildCity({ databaseUrl: undefined, dataDir }, 60)
  cuts = new Cuts({ city, dataDir, env: { TMPDIR: temporary } })
})
afterAll(async () => {
  await stopProducts()
  await city?.close()
})

test('three power cuts in the middle of writing lose nothing that anybody was told', async () => {
  for (let round = 1; round <= 3; round++) {
    await cuts.round(async (product) => {
      killEmbedded(dataDir)
      await product.kill()
    })
    expect(await processesLeft(dataDir)).toEqual([])
  }
  expect(cuts.complaints).toEqual([])
})

test('after them the log has every fact once, as it was told', async () => {
  const connection = await connect({ databaseUrl: undefined, dataDir })
  try {
    const { acknowledged, ...rest } = await cuts.reckon(connection.db)
    expect(rest).toEqual({ facts: expect.any(Number), gaps: 0, untrueFacts: 0, lost: 0 })
    expect(acknowledged).toBeGreaterThan(60)
  } finally {
    await connection.close()
  }
})

test('what is started and ended in order once more leaves no folder and no process of theirs', async () => {
  const product = await cuts.start()
  await product.ready()
  await product.stop()
  expect(readdirSync(temporary)).toEqual([])
  expect(await processesLeft(dataDir)).toEqual([])
})
