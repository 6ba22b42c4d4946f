import { describe, expect, test } from 'vitest'
import { interviews, surveys } from '../../../../server/monitor/inspections/pages/activities.ts'
import { column, held, home, LISTS, MENU, measure } from './activities.table.ts'

describe('surveys', () => {
  test('that are too few, none at all, or behind a page that does not open are told with their number', async () => {
    const list = LISTS[0]?.(held(2)) ?? ''
    expect(await measure(surveys, { '/': home(column('民意征集')), '/hd/dc/': list })).toMatchObject({
      problems: [{ key: 'few', detail: { count: 2 } }],
    })
    expect(await measure(surveys, { '/': home('') })).toMatchObject({ problems: [{ key: 'absent' }] })
    expect(await measure(surveys, { '/': home(column('民意征集')) })).toMatchObject({
      problems: [{ key: 'broken', detail: { count: 0 } }],
    })
  })

  test('of which a page did not answer this once are not said to be too few, nor not to be there', async () => {
    const unseen = { outcome: 'unmeasured', reason: 'notOpened' }
    const list = LISTS[0]?.(held(1)) ?? ''
    const both = home(column('民意征集') + column('网上调查', '/hd/wj/'))
    for (const cause of ['timeout', 'reset', 'dns_timeout', 'aborted'] as const) {
      expect(await measure(surveys, { '/': home(column('民意征集')) }, false, cause)).toEqual(unseen)
      expect(await measure(surveys, { '/': both, '/hd/dc/': list }, false, cause)).toEqual(unseen)
      expect(await measure(surveys, { '/': home(column('互动交流', '/hd/')) }, false, cause)).toEqual(unseen)
    }
    const enough = LISTS[0]?.(held(4)) ?? ''
    expect(await measure(surveys, { '/': both, '/hd/dc/': enough }, false, 'timeout')).toEqual({
      outcome: 'clear',
    })
  })

  test('of a portal have to be six', async () => {
    const pages = (n: number) => ({ '/': home(column('民意征集')), '/hd/dc/': LISTS[0]?.(held(n)) ?? '' })
    expect(await measure(surveys, pages(5), true)).toMatchObject({ outcome: 'found' })
    expect(await measure(surveys, pages(6), true)).toEqual({ outcome: 'clear' })
  })

  test('are not counted where their list has no days or is drawn by a script', async () => {
    const undated = `<ul>${held(4)
      .map(([title]) => `<li><a href="/1.html">${title}的详细情况说明</a></li>`)
      .join('')}</ul>`
    const drawn = '<div id="app"></div><script>var none = "暂无内容"</script><p hidden>暂无内容</p>'
    for (const list of [undated, '<div id="app"></div><script src="/a.js"></script>', MENU, drawn]) {
      expect(await measure(surveys, { '/': home(column('民意征集')), '/hd/dc/': list })).toEqual({
        outcome: 'unmeasured',
        reason: 'listUnread',
      })
    }
    expect(await measure(surveys, { '/': '<div id="app"></div>' })).toEqual({
      outcome: 'unmeasured',
      reason: 'homeDrawn',
    })
  })
})

describe('interviews', () => {
  test('are asked for only where there is a column of them', async () => {
    expect(await measure(interviews, { '/': home('') })).toEqual({ outcome: 'clear' })
    const list = LISTS[0]?.(held(1)) ?? ''
    expect(await measure(interviews, { '/': home(column('在线访谈')), '/hd/dc/': list })).toMatchObject({
      outcome: 'found',
      problems: [{ key: 'few' }],
    })
    expect(
      await measure(interviews, { '/': home(column('在线访谈')), '/hd/dc/': LISTS[0]?.(held(4)) ?? '' }),
    ).toEqual({ outcome: 'clear' })
  })
})
