import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDocument } from '../../../server/census/documents/service.ts'
import { spellAllLetters } from '../../../server/census/letters/search/spell.ts'
import { searchOver } from '../../../server/city/search/service.ts'
import type { FoundOfKind } from '../../../shared/city/search/search.ts'
import { FOUND_KINDS, type FoundKind, isTooShort } from '../../../shared/city/search/search-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import { type LetterStory, letterStory } from '../../census/letters/story.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeAlert, makeSite } from '../../support/make.ts'

let fresh: FreshDatabase
let story: LetterStory
let site: MadeSite
let letter: Awaited<ReturnType<LetterStory['ours']>>
let documentId: number
beforeAll(async () => {
  fresh = await freshDatabase()
  story = await letterStory(fresh)
  const { people, ctx } = story
  site = await makeSite(fresh.db, { name: '石牌街道在线', unit_id: people.unitId })
  await makeSite(fresh.db, { name: '海珠区石榴岗在线', unit_id: story.otherUnit, district: '440105' })
  await makeAlert(fresh.db, { site })
  letter = await story.ours({ title: '石牌西路 ETC 通道积水' })
  await story.record({ title: '石榴岗路积水', unitId: story.otherUnit })
  const jobs = { send: async () => {} }
  documentId = (await makeDocument(ctx, jobs, people.duty, { kind: 'sheet', siteId: site.id })).id
})
afterAll(() => fresh.drop())

const search = (who: Principal, q: string, kinds?: readonly FoundKind[]) =>
  searchOver(story.ctx, who, { q, kinds, limit: 5 })
const named = (groups: readonly FoundOfKind[], kind: FoundKind) =>
  groups.find((one) => one.kind === kind)?.items.map(({ name }) => name) ?? []

describe('one field finds', () => {
  it('sites, units, people, alerts and letters by a part of their names', async () => {
    const groups = await search(story.people.duty, '石牌')
    expect(named(groups, 'site')).toEqual(['石牌街道在线'])
    expect(named(groups, 'unit')).toEqual(['天河区石牌街道办事处'])
    expect(named(groups, 'alert')).toEqual(['石牌街道在线'])
    expect(named(groups, 'letter')).toEqual(['石牌西路 ETC 通道积水'])
    expect(groups.map(({ kind }) => FOUND_KINDS.indexOf(kind))).toEqual([0, 1, 3, 5, 6])
    expect(named(await search(story.people.duty, '李晓'), 'person')).toEqual(['李晓燕'])
  })

  it.each([
    ['shipai', '石牌西路 ETC 通道积水'],
    ['spxl', '石牌西路 ETC 通道积水'],
    ['jishui', '石榴岗路积水'],
    ['etc', '石牌西路 ETC 通道积水'],
    ['ETC通道', '石牌西路 ETC 通道积水'],
    ['js', '石榴岗路积水'],
  ])('a letter by %s', async (q, title) => {
    expect(named(await search(story.people.duty, q), 'letter')).toContain(title)
  })

  it('a name by its pinyin, and says where it stands in it', async () => {
    const groups = await search(story.people.duty, 'shipai')
    const marks = groups.flatMap(({ kind, items }) => items.map(({ marked }) => [kind, marked]))
    expect(marks).toContainEqual(['site', [0, 2]])
    expect(marks).toContainEqual(['unit', [3, 5]])
    const [initials] = await search(story.people.duty, 'spjd', ['site'])
    expect(initials?.items[0]).toMatchObject({ name: '石牌街道在线', marked: [0, 4] })
    expect(named(await search(story.people.duty, 'lxy'), 'person')).toEqual(['李晓燕'])
  })

  it('each by its number: a code, a letter, an alert, a document by its title', async () => {
    const { duty } = story.people
    expect(named(await search(duty, site.code), 'site')).toEqual(['石牌街道在线'])
    expect((await search(duty, letter.number, ['letter']))[0]?.items[0]?.id).toBe(letter.id)
    expect((await search(duty, '#1', ['alert']))[0]?.items[0]?.name).toBe('石牌街道在线')
    const [documents] = await search(duty, '评分', ['document'])
    expect(documents?.items.map(({ id }) => id)).toEqual([documentId])
    expect((await search(duty, 'pingfen', ['document']))[0]?.total).toBe(1)
  })

  it('what is written stands for itself, and nothing of it is a command', async () => {
    for (const q of ['%%', '__', "'; drop table letter; --", '石\\牌', '{}[]', '((', 'a'.repeat(100)]) {
      expect(await search(story.people.duty, q), q).toEqual([])
    }
  })
})

describe('what somebody may not see', () => {
  const wholeOf = (groups: readonly FoundOfKind[]) => JSON.stringify(groups)

  it('is neither found nor counted: of another district, of another unit', async () => {
    const { haizhu, owner } = story.people
    for (const who of [haizhu, story.other]) {
      expect(wholeOf(await search(who, '石牌'))).not.toContain('石牌')
      expect(await search(who, letter.number)).toEqual([])
      expect(await search(who, site.code)).toEqual([])
      expect(await search(who, '#1', ['alert'])).toEqual([])
    }
    const own = await search(owner, '积水')
    expect(own.map(({ kind, total }) => [kind, total])).toEqual([['letter', 1]])
  })

  it('letters are for who may read letters; drafts for who makes documents', async () => {
    const { viewer, vendor } = story.people
    for (const who of [viewer, vendor]) expect(await search(who, '积水')).toEqual([])
    expect(await search(viewer, '评分', ['document'])).toEqual([])
  })

  it('contacts are for who may read them, by name and telephone', async () => {
    const { people } = story
    const contact = { unit_id: people.unitId, kind: 'duty' as const, position: 0, post: '', mail: '' }
    await fresh.db
      .insertInto('unit_contact')
      .values({ ...contact, name: '欧阳静', phone: '020-8765 4321', mobile: '13800138000' })
      .execute()
    for (const q of ['欧阳', 'oyj', '87654321', '13800138']) {
      expect(named(await search(people.tianhe, q), 'person'), q).toEqual(['欧阳静'])
      expect(await search(people.viewer, q)).toEqual([])
      expect(await search(people.haizhu, q)).toEqual([])
    }
  })
})

describe('a search', () => {
  it('is refused when it is too short, but not a number', async () => {
    await refused(search(story.people.duty, '石'), 'invalid')
    await refused(search(story.people.duty, ''), 'invalid')
    expect([isTooShort(' # '), isTooShort('7'), isTooShort('石牌')]).toEqual([true, false, false])
  })

  it('for a digit alone looks among numbers, not in names', async () => {
    const { duty } = story.people
    await makeSite(fresh.db, { name: '第1小学在线', unit_id: story.otherUnit, district: '440105' })
    const groups = await search(duty, '1')
    expect(groups.map(({ kind }) => kind)).toEqual(['alert'])
    expect(named(groups, 'alert')).toEqual(['石牌街道在线'])
    expect(named(await search(duty, '第1'), 'site')).toEqual(['第1小学在线'])
  })

  it('leaves connections of the database to others, however many search at once', async () => {
    let [running, most] = [0, 0]
    const db = story.ctx.db.withPlugin({
      transformQuery: ({ node }) => {
        running += 1
        most = Math.max(most, running)
        return node
      },
      transformResult: async ({ result }) => {
        running -= 1
        return result
      },
    })
    const { duty } = story.people
    const searches = Array.from({ length: 12 }, (_, n) =>
      searchOver({ ...story.ctx, db }, { ...duty, id: 900 + n }, { q: '石牌', limit: 5 }),
    )
    for (const groups of await Promise.all(searches)) expect(groups).toHaveLength(5)
    expect([running, most]).toEqual([0, 4])
  })

  it('that nobody waits for any more is not begun', async () => {
    const { duty } = story.people
    const left = AbortSignal.abort()
    const gone = searchOver(story.ctx, duty, { q: '石牌', limit: 5 }, left)
    await refused(gone, 'too_many_requests')
  })

  it('goes on without a kind that cannot be looked for, and says so', async () => {
    await fresh.db.schema.alterTable('letter_searched').renameTo('gone').execute()
    const groups = await search(story.people.duty, '石牌')
    await fresh.db.schema.alterTable('gone').renameTo('letter_searched').execute()
    expect(groups.find(({ kind }) => kind === 'letter')).toMatchObject({ failed: true, total: 0 })
    expect(named(groups, 'site')).toEqual(['石牌街道在线'])
  })

  it('finds a letter in the list as it does in the field, once many came at once', async () => {
    for (let n = 0; n < 60; n++) await story.ours({ title: `电梯困人 ${n}` })
    await spellAllLetters(fresh.db)
    const [found] = await search(story.people.owner, 'dtkr', ['letter'])
    expect([found?.total, found?.items.length, found?.isMore]).toEqual([60, 5, false])
    expect((await story.list(story.people.owner, { q: 'dtkr' })).total).toBe(60)
  })
})
