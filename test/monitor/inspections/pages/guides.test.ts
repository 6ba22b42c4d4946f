import { expect, test } from 'vitest'
import { guideElements } from '../../../../server/monitor/inspections/pages/guides.ts'
import { said } from '../pages.ts'
import { document, LAYOUTS, without } from './guides.table.ts'

test('a guide to a service says which elements it lacks', async () => {
  const [layout] = LAYOUTS
  const outcome = await said(guideElements, document(layout?.(without('basis', 'phone')) ?? ''))
  expect(outcome).toMatchObject({
    problems: [{ excerpt: '设定依据、联系电话', detail: { missing: 'basis,phone', count: 2 } }],
  })
})

test('a guide of which only the beginning was read lacks nothing that may stand in the rest, and a whole one is whole', async () => {
  const [layout] = LAYOUTS
  const guideOf = (...lacks: Parameters<typeof without>) => document(layout?.(without(...lacks)) ?? '')
  expect(await said(guideElements, guideOf('basis', 'phone'), { isCut: true })).toEqual({
    ...{ outcome: 'unmeasured', reason: 'guideTooLong' },
  })
  expect(await said(guideElements, guideOf(), { isCut: true })).toEqual({
    outcome: 'clear',
    regardless: true,
  })
})
