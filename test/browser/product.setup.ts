import type { TestProject } from 'vitest/node'
import { NoPostgres } from '../support/databases/postgres-server.ts'
import { migratedPostgres } from '../support/databases/templates.ts'
import { startProduct, stopProducts } from '../support/product/product.ts'

/**
 * The product with the demo, for most tests of the browser; but its sites are visited less often, and its database is a
 * PostgreSQL where there is one: the processors are the browser's. What a newcomer starts, with the embedded database, has
 * tests with products of their own.
 */
export default async function setup(project: TestProject) {
  const postgres = await migratedPostgres().catch((error: unknown) => {
    if (error instanceof NoPostgres) return null
    throw error
  })
  const env = { DEMO_INTERVAL: '300', ...(postgres && { DATABASE_URL: postgres.url() }) }
  const product = await startProduct({ entry: 'server/start.mjs', env })
  await product.ready(120_000)
  project.provide('product', { origin: product.origin })
  return async () => {
    await stopProducts()
    await postgres?.remove()
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the product of the browser tests is. */
    product: { origin: string }
  }
}
