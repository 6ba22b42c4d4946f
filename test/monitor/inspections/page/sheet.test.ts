import { expect, test } from 'vitest'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'

test('a sheet that asks each of many elements for twenty of its sixty classes is gone through as far as any other', () => {
  const names = Array.from({ length: 60 }, (_, at) => `c${at}`)
  const step = names.slice(0, 19).map((name) => `.${name}`)
  const styled = (steps: string, classes: readonly string[], n: number) => {
    const rules = Array.from({ length: 1_000 }, (_, at) => `${steps}.z${at}{display:none}`)
    const html = `<style>${rules.join('')}</style>${`<p class="${classes.join(' ')}">x</p>`.repeat(n)}`
    return parsePage(new TextEncoder().encode(html), 'text/html; charset=utf-8', 'http://www.thnet.gov.cn/')
  }
  expect(styled(step.join(''), names, 300).isCut).toBe(true)
  expect(styled('.c0', names.slice(0, 3), 1_500).isCut, 'one as pages have it is read whole').toBe(false)
})
