import { expect, it } from 'vitest'
import { remembered } from '../../../server/monitor/html/remembered.ts'

const counted = (longest: number) => {
  const asked: string[] = []
  const of = remembered((text) => {
    asked.push(text)
    return text === 'nothing' ? null : text.length
  }, longest)
  return { asked, of }
}

it('a text is looked at once, also where nothing is found in it', () => {
  const { asked, of } = counted(20)
  expect([of('news_list'), of('nothing'), of('news_list'), of('nothing')]).toEqual([9, null, 9, null])
  expect(asked).toEqual(['news_list', 'nothing'])
})

it('names longer than those of any template are looked at each time and are not kept', () => {
  const { asked, of } = counted(8)
  expect([of('news_list'), of('news_list')]).toEqual([9, 9])
  expect(asked).toHaveLength(2)
})

it('a page of ten thousand class names fills no memory, and the names of others are answered as before', () => {
  const { asked, of } = counted(20)
  for (let n = 0; n < 10_000; n++) expect(of(`name-${n}-of-a-flood`)).toBe(`name-${n}-of-a-flood`.length)
  of('name-0-of-a-flood')
  expect(asked).toHaveLength(10_001)
})
