import type { Browser, Page } from 'playwright-core'
import { connect } from '../../../server/base/db/connect.ts'
import type { Db } from '../../../server/base/db/database.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { ensureDivisions } from '../../../server/register/divisions/seed.ts'
import { migratedPostgres } from '../../support/databases/templates.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'
import { type Product, startProduct, stopProducts } from '../../support/product/product.ts'
import { launchBrowser } from '../launch.ts'
import { complaintsOf, openAs } from '../pages.ts'

export interface Desk {
  readonly product: Product
  readonly browser: Browser
  readonly page: Page
  /** What went wrong on the page. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** The product on a database of its own, with what `fill` makes and nobody who visits; a duty officer sits before it. */
export async function openDesk(
  size: { readonly width: number; readonly height: number },
  fill: (db: Db, people: People) => Promise<void>,
): Promise<Desk> {
  const postgres = await migratedPostgres()
  const { db, close } = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  await migrate(db)
  await ensureDivisions(db)
  await fill(db, await makePeople(db))
  await close()
  const product = await startProduct({
    env: { DATABASE_URL: postgres.url(), DEMO: 'off' },
    args: ['--role', 'web'],
  })
  await product.ready(120_000)
  const browser = await launchBrowser()
  const page = await openAs(browser, product, 'duty', size, 'zh-CN', PASSWORD)
  return {
    product,
    browser,
    page,
    complaints: complaintsOf(page),
    async close() {
      await browser.close()
      await stopProducts()
      await postgres.remove()
    },
  }
}
