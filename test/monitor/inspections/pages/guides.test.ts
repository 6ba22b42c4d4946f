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

test('what is to be applied for once, and what explains a policy, is no guide to a service', async () => {
  const body = LAYOUTS[1]?.(without('basis', 'place')) ?? ''
  for (const title of ['2026年度科技计划项目申报指南', '招生入学指南', '公租房政策问答', '公租房政策解读'])
    expect(await said(guideElements, document(body, `${title}_天河区`)), title).toEqual({ outcome: 'clear' })
  // A column of guides has guides.
  expect(await said(guideElements, document(body, '人才公寓申报指南_办事指南_天河区'))).toMatchObject({
    outcome: 'found',
  })
})
