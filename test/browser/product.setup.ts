import type { TestProject } from 'vitest/node'
import { startProduct, stopProducts } from '../support/product/product.ts'

/** The product as a newcomer starts it, with the demo; but its sites are visited less often, and the processors are the browser's. */
export default async function setup(project: TestProject) {
  const product = await startProduct({ entry: 'server/start.mjs', env: { DEMO_INTERVAL: '300' } })
  await product.ready(120_000)
  project.provide('product', { origin: product.origin })
  return stopProducts
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the product of the browser tests is. */
    product: { origin: string }
  }
}
