import { afterAll, expect, test } from 'vitest'
import { copyTemplate, embeddedTemplate } from '../support/databases/templates.ts'
import { startProduct, stopProducts, temporaryFolder } from '../support/product/product.ts'

afterAll(stopProducts)

/** Loaded before the product: on SIGUSR2 something breaks that nobody waits for. */
const preload = (fault: string) =>
  `--import=data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${fault} })`)}`

test.concurrent.each([
  ['a promise that nobody waits for', 'Promise.reject(new Error("boom"))'],
  ['an exception that nobody catches', 'throw new Error("boom")'],
])('%s is logged, and the process ends in order, and not as if all were well', async (_what, fault) => {
  const dataDir = temporaryFolder()
  copyTemplate(await embeddedTemplate(), dataDir)
  const product = await startProduct({ dataDir, env: { DEMO: 'off', NODE_OPTIONS: preload(fault) } })
  await product.ready()
  process.kill(product.pid, 'SIGUSR2')
  expect(await product.exited).toBe(1)
  const line = product
    .output()
    .split('\n')
    .find((one) => one.includes('a fault that nothing caught'))
  expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 60, err: { message: 'boom' } })
  // The data is free again at once: the database was closed, not left behind.
  const next = await startProduct({ dataDir, env: { DEMO: 'off' } })
  await next.ready()
})
