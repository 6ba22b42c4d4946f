import { afterAll, expect, it } from 'vitest'
import { startProduct, stopProducts } from '../../support/product/product.ts'
import { besideAttackers } from './sockets.ts'

/* The short form of `npm run test:hostile -- --only sockets`. */

afterAll(stopProducts)

it('good browsers hear every fact, and the memory stays, beside attackers of every kind', async () => {
  const product = await startProduct()
  await product.ready()
  const { lost, complaints, restMb, mostMb } = await besideAttackers(product, {
    count: 150,
    good: 10,
    facts: 10,
  })
  expect(complaints).toEqual([])
  expect(lost).toBe(0)
  expect(mostMb - restMb).toBeLessThanOrEqual(200)
})
