import type { TestProject } from 'vitest/node'
import { startProduct, stopProducts } from '../support/product/product.ts'

/** The product as a newcomer starts it, with the demo. */
export default async function setup(project: TestProject) {
  const product = await startProduct({ entry: 'server/start.mjs' })
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
