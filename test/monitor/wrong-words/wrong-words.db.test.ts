import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookOf, tryText } from '../../../server/monitor/wrong-words/dictionary.ts'
import { importWords } from '../../../server/monitor/wrong-words/import.ts'
import { addWrongWord, changeWrongWord, listWords } from '../../../server/monitor/wrong-words/service.ts'
import { newWrongWord, wrongWordEdit } from '../../../shared/monitor/wrong-words/wrong-words.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
})
afterAll(() => fresh.drop())

const add = (given: object) => addWrongWord(ctx, people.duty, newWrongWord.parse({ kind: 'other', ...given }))
const load = (text: string, isDry = false) => importWords(ctx, people.duty, Buffer.from(text), isDry)
const told = async (text: string) =>
  (await tryText(fresh.db, text)).map(({ wrong, right }) => `${wrong} ${right}`)
const listed = async (filter: object) =>
  (await listWords(ctx, filter, { limit: 200, after: undefined })).items

describe('the dictionary', () => {
  it('has words from the start, which are found in a text', async () => {
    expect(await told('天河区人名政府办公室')).toEqual(['人名政府 人民政府'])
    expect((await listed({ kind: 'territory' })).length).toBeGreaterThan(10)
  })

  it('takes a word, finds it from then on, and finds it no more once it is switched off', async () => {
    const word = await add({ wrong: '天和体育中心', right: '天河体育中心', near: ['广州'] })
    expect(await told('广州天和体育中心')).toEqual(['天和体育中心 天河体育中心'])
    expect(await told('天和体育中心')).toEqual([])
    const off = await changeWrongWord(
      ctx,
      people.duty,
      word.id,
      wrongWordEdit.parse({ ...word, isOn: false }),
    )
    expect(off).toMatchObject({ isOn: false, version: 2, changedBy: people.duty.name })
    expect(await told('广州天和体育中心')).toEqual([])
    const late = changeWrongWord(ctx, people.duty, word.id, wrongWordEdit.parse({ ...word, right: '别的' }))
    expect((await refused(late, 'conflict')).reason).toBe('wrongWords.changedMeanwhile')
  })

  it('refuses what would find the wrong thing, and what stands there', async () => {
    for (const [given, code, reason] of [
      [{ wrong: '人民', right: '人 民' }, 'invalid', 'wrongWords.isRight'],
      [{ wrong: '。。。', right: '…' }, 'invalid', 'wrongWords.saysNothing'],
      [{ wrong: '2026', right: '二〇二六' }, 'invalid', 'wrongWords.saysNothing'],
      [{ wrong: '甲乙', right: '乙甲', near: ['丙'], apart: ['丙'] }, 'invalid', 'wrongWords.nearAndApart'],
      [{ wrong: '人名政府', right: '人民政府' }, 'conflict', 'wrongWords.standsThere'],
    ] as const) {
      expect((await refused(add(given), code)).reason).toBe(reason)
    }
  })

  it('is held ready, and made anew after a change only', async () => {
    const before = await bookOf(fresh.db)
    expect(await bookOf(fresh.db)).toBe(before)
    await add({ wrong: '新词误写', right: '新词' })
    expect(await bookOf(fresh.db)).not.toBe(before)
  })
})

describe('a sheet of words', () => {
  const SHEET = [
    '错误写法,正确写法,类别,附近须有,附近不得有,备注',
    '错例一,正例一,地名,广州、广东,上海,试',
    '人名政府,人民政府,固定表述,,,改过',
    '没有正确写法,,,,,',
    '错例二,正例二,没有的类别,,,',
    '错例一,又一次,,,,',
    '同样,同样,,,,',
  ].join('\n')

  it('says what would come of it and which rows are wrong, each with its line, and changes nothing yet', async () => {
    const done = await load(SHEET, true)
    expect(done).toMatchObject({ created: 1, changed: 1, same: 0, refused: 4, applied: false })
    expect(done.wrongRows.map(({ line, reason: { reason } }) => `${line} ${reason}`)).toEqual([
      '4 wrongWords.cellIsWrong',
      '5 wrongWords.noSuchKind',
      '6 wrongWords.standsInLine',
      '7 wrongWords.isRight',
    ])
    expect(await listed({ q: '错例一' })).toEqual([])
  })

  it('is loaded but for these; the same once more changes nothing', async () => {
    expect(await load(SHEET)).toMatchObject({ created: 1, changed: 1, applied: true })
    expect(await listed({ q: '错例一' })).toMatchObject([
      { kind: 'place', near: ['广州', '广东'], apart: ['上海'], note: '试' },
    ])
    expect(await load(SHEET)).toMatchObject({ created: 0, changed: 0, same: 2 })
  })

  it('without its columns, or without rows, is refused', async () => {
    expect((await refused(load('词,别的\n甲乙,丙丁'), 'invalid')).reason).toBe('wrongWords.noHeader')
    expect((await refused(load('错误写法,正确写法\n'), 'invalid')).reason).toBe('wrongWords.noRows')
  })
})
