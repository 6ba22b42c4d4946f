import { expect, test } from 'vitest'
import { isCoveredAddress, shownAddress, shownText } from '../../../server/monitor/persons/address.ts'

const TODAY = '2026-11-29'
const shown = (address: string) => shownAddress(address, TODAY)
const PAGE = 'http://gov.invalid/dibao/detail'
const ID = '440106199001011016'
const NAME = encodeURIComponent('张三')

test('an address that asks for a person by name and identity number has both covered', () => {
  const address = shown(`${PAGE}?name=${NAME}&sfzh=${ID}`)
  expect(decodeURIComponent(address)).toMatch(
    /^http:\/\/gov\.invalid\/dibao\/detail\?name=张\*\*&sfzh=440\*\*\*16#~..$/,
  )
  expect(isCoveredAddress(address)).toBe(true)
  expect(shown(address), 'what is covered stays as it is').toBe(address)
})

test('so has one with them in its path, encoded twice, as older systems do, or in an address within it', () => {
  const old = '%D5%C5%C8%FD'
  for (const address of [
    `${PAGE}/${NAME}/${ID}.html`,
    `${PAGE}?name=${encodeURIComponent(NAME)}&sfzh=${ID}`,
    `${PAGE}?name=${old}&sfzh=${ID}`,
    `http://gov.invalid/login?to=${encodeURIComponent(`${PAGE}?name=张三&sfzh=${ID}`)}`,
    `${PAGE}?id=u${ID}&name=${NAME}`,
    `${PAGE}#/person?name=${NAME}&sfzh=${ID}`,
    `${PAGE}?name=${NAME}&mobile=13922223333`,
  ]) {
    const left = decodeURIComponent(decodeURIComponent(shown(address)))
    expect(left, address).not.toMatch(/张三|199001|%D5|139222/)
    expect(left).toContain('张**')
  }
})

test('two persons of one list are two addresses, though they are covered alike', () => {
  const [one, other] = [`${PAGE}?sfzh=440106199001011016`, `${PAGE}?sfzh=440106199101011016`].map(shown)
  expect(one?.replace(/#.*/, '')).toBe(`${PAGE}?sfzh=440***16`)
  expect(one).not.toBe(other)
})

test('of an address without end the beginning is looked through, and no more of it is shown', () => {
  const address = shown(`${PAGE}?sfzh=${ID}${`/${ID}`.repeat(200_000)}`)
  expect(address).not.toContain(ID)
  expect(address.length).toBeLessThan(4_010)
})

test('an address that names nobody is as it was', () => {
  for (const address of [
    'http://gov.invalid/art/2026/3/1/art_1234_5678901.html',
    `${PAGE}?keyword=${NAME}&page=2`,
    `${PAGE}?t=1764417600000&id=202611290000000012`,
    '/2026/P020261129380012345678.pdf',
    'not an address',
  ]) {
    expect(shown(address)).toBe(address)
  }
})

test('a text has covered what it says of persons, and what addresses in it do', () => {
  expect(shownText(`张三 ${ID} 已领取`, TODAY)).toBe('张** 440***16 已领取')
  const text = shownText(`<img src="/photo?name=${NAME}&sfzh=${ID}"> 附件`, TODAY)
  expect(decodeURIComponent(text)).toMatch(/^<img src="\/photo\?name=张\*\*&sfzh=440\*\*\*16#~..">\s附件$/)
  expect(shownText('人名政府:abc 2026-03-01', TODAY)).toBe('人名政府:abc 2026-03-01')
})
