import { describe, expect, it } from 'vitest'
import { foshan, type RegisterLine, sitesOf } from '../../support/registers/registers.ts'
import { fresh, load, loadIntoFoshan, part, tree, wall } from './foshan.ts'

loadIntoFoshan()

describe('what a register leaves open is asked', () => {
  const own = () => sitesOf(tree, part('440604'), 5)
  const zone: RegisterLine = {
    code: '4406920001',
    name: '佛山高新区管委会',
    url: 'http://zone.gov.cn/',
    unit: '佛山高新区管委会',
  }

  it('a code that is not known is a question, not the end: all else is loaded', async () => {
    const { questions, added, waiting, bad } = await load([
      ...own(),
      ...sitesOf(tree, part('440605'), 5),
      zone,
    ])
    expect({ added, waiting, bad }).toEqual({ added: 10, waiting: 1, bad: [] })
    expect(questions).toMatchObject([
      {
        kind: 'unknownCode',
        key: 'code:440692',
        code: '440692',
        rows: 1,
        lines: [12],
        examples: ['佛山高新区管委会'],
      },
    ])
  })

  it('answered with a group of its own, it stands beside the districts; the next file knows it', async () => {
    const lines = [...own(), zone]
    expect(await load(lines, { 'code:440692': 'accept' })).toMatchObject({ added: 6, questions: [] })
    expect((await wall()).groups.at(-1)).toBe('440692 1')
    expect(await load(lines)).toMatchObject({ unchanged: 6, questions: [] })
  })

  it('answered with a division, it is another code of that; answered with leave, it stays out', async () => {
    const lines = [...own(), zone]
    expect(await load(lines, { 'code:440692': 'leave' })).toMatchObject({ added: 5, left: 1, questions: [] })
    expect(await load(lines, { 'code:440692': 'map:440605' })).toMatchObject({ added: 1, questions: [] })
    expect((await wall()).groups).toContain('南海区 1')
    expect(await load(lines)).toMatchObject({ unchanged: 6, questions: [] })
  })

  it('a row of another city is asked about, and let in only when somebody says so', async () => {
    const stray = { ...own()[0], code: '4401060001', url: 'http://stray.gov.cn/' } as RegisterLine
    const lines = [...foshan(tree), stray]
    const { area, questions, added } = await load(lines)
    expect(area.name).toBe('佛山市')
    expect({ added, kinds: questions.map(({ kind }) => kind) }).toEqual({ added: 300, kinds: ['outside'] })
    await load(lines, { 'outside:440106': 'accept' })
    expect((await wall()).groups.at(-1)).toBe('天河区 1')
    expect((await load(lines)).questions).toEqual([])
  })

  it('a file that lacks four sites says so and asks; nothing is deleted', async () => {
    const all = foshan(tree)
    await load(all)
    const less = all.filter((_, at) => at < 296)
    const { questions, changed } = await load(less)
    expect(changed).toBe(0)
    expect(questions).toEqual([
      {
        kind: 'missing',
        key: 'missing',
        sites: all.slice(296).map(({ code, name, url }) => ({ code, name, url })),
      },
    ])
    const [closed, moved, forgotten] = all.slice(296).map(({ code }) => code)
    const answers = {
      [`missing:${closed}`]: 'closed',
      [`missing:${moved}`]: 'moved',
      missing: 'keep',
    } as const
    expect((await load(less, answers)).questions).toEqual([])
    const sites = await fresh.db.selectFrom('site').select(['code', 'pause_reason']).orderBy('code').execute()
    expect(sites).toHaveLength(300)
    const reason = (code: string | undefined) => sites.find((site) => site.code === code)?.pause_reason
    expect([reason(closed), reason(moved), reason(forgotten)]).toEqual([
      '名录更新：网站已关停',
      '名录更新：网站已迁移',
      null,
    ])
    // Those that are over are asked about no more; what was forgotten is, until the file has it.
    expect((await load(less)).questions).toMatchObject([
      { kind: 'missing', sites: [{ code: forgotten }, {}] },
    ])
  })

  it("a district's own file says nothing of the other districts", async () => {
    await load(foshan(tree))
    const { questions } = await load(sitesOf(tree, part('440604'), 60, '佛山市'))
    expect(questions).toEqual([])
  })

  it('a changed code is found to be the same site, by address or by name, and goes on with all that is kept', async () => {
    const all = foshan(tree)
    await load(all)
    const { id } = await fresh.db
      .selectFrom('site')
      .select('id')
      .where('code', '=', all[70]?.code ?? '')
      .executeTakeFirstOrThrow()
    const renumbered = all.map((line, at) =>
      at === 70
        ? { ...line, code: '4406049001', name: '改名后的网站' }
        : at === 71
          ? { ...line, code: '4406049002' }
          : line,
    )
    const { questions, added } = await load(renumbered)
    expect(added).toBe(0)
    expect(questions).toMatchObject([
      { kind: 'changedCode', from: { code: all[70]?.code }, to: { code: '4406049001' }, same: ['host'] },
      {
        kind: 'changedCode',
        from: { code: all[71]?.code },
        to: { code: '4406049002' },
        same: ['host', 'name'],
      },
    ])
    const answers = { [`changed:${all[70]?.code}`]: 'same', [`changed:${all[71]?.code}`]: 'same' } as const
    expect(await load(renumbered, answers)).toMatchObject({ added: 0, questions: [] })
    const row = await fresh.db
      .selectFrom('site')
      .select(['code', 'name'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ code: '4406049001', name: '改名后的网站' })
    expect((await load(renumbered)).questions).toEqual([])
  })
})
