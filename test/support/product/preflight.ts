import { launchBrowser, NoBrowser } from '../../browser/launch.ts'
import { NoPostgres, startPostgres } from '../databases/postgres-server.ts'

/*
 * `preflight.ts database|browser` tries what a kind of test needs before its files do, so that a person reads
 * one sentence about what is missing and not a stack for each test.
 */

const CHECKS: Record<string, () => Promise<void>> = {
  async database() {
    if (process.env.TEST_DATABASE_URL) return
    const server = await startPostgres()
    await server.remove()
  },
  async browser() {
    const browser = await launchBrowser()
    await browser.close()
  },
}

try {
  await CHECKS[process.argv[2] ?? '']?.()
} catch (error) {
  const isKnown = error instanceof NoBrowser || error instanceof NoPostgres
  console.error(isKnown ? error.message : error)
  process.exit(1)
}
