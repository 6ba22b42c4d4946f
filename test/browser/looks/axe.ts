import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** Whatever axe finds on a page, of any weight, as "weight rule: how many, first element". */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations.map(
    ({ impact, id, nodes }) => `${impact} ${id}: ${nodes.length} ×, ${nodes[0]?.html.slice(0, 160)}`,
  )
}
