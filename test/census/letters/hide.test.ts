import { describe, expect, it } from 'vitest'
import { hidePersonal, type Known } from '../../../server/census/letters/public/hide.ts'

const nobody: Known = { name: null, phone: null, mail: null, address: null }
const inLetter = (text: string, known: Partial<Known> = {}) =>
  hidePersonal(text, { ...nobody, ...known }, false)
const inAnswer = (text: string, known: Partial<Known> = {}) =>
  hidePersonal(text, { ...nobody, ...known }, true)

describe('hidden, in a letter and in an answer', () => {
  it.each([
    ...[
      '+8613800138000',
      '8613800138000',
      '0086 138 0013 8000',
      '(+86)138-0013-8000',
      '＋８６ １３８００１３８０００',
    ],
    ...[
      '138 0013 8000',
      '138－0013－8000',
      '1380-013-8000',
      '1380 0138 000',
      '138.0013.8000',
      '138·0013·8000',
      '138 — 0013 — 8000',
    ],
    ...[
      '13800 138000',
      '1 3 8 0 0 1 3 8 0 0 0',
      '138\u200b00138000',
      '013800138000',
      '一三八零零一三八零零零',
    ],
    ...[
      '138/0013/8000',
      '138_0013_8000',
      '138,0013,8000',
      '138，0013，8000',
      '138／00138000',
      '1 3 8-0013-8000',
      '1,3,8,0,0,1,3,8,0,0,0',
    ],
    ...[
      '+852 6123 4567',
      '＋８５２－６１２３４５６７',
      '00852 61234567',
      '（853）6612 3456',
      '+1 (415) 555-0123',
    ],
    ...[
      '44010619800101123X',
      '44010619800101123ｘ',
      '440106 19800101 123X',
      '440106-1980-0101-1234',
      '440106800101123',
    ],
    ...['4 4 0 1 0 6 1 9 8 0 0 1 0 1 1 2 3 X', '6222 0200 1234 5678 901', '4401061980010112341380013800'],
    ...[
      'a.b@c-d.com.cn',
      'ａｂｃ＠ｑｑ．ｃｏｍ',
      'abc @ qq.com',
      'abc(at)qq.com',
      'me#qq.com',
      'me艾特qq点com',
      '粤A12345',
      '粤A·12345',
      '粤AD12345',
    ],
  ])('%s', (personal) => {
    for (const hide of [inLetter, inAnswer]) expect(hide(`找我${personal}，谢谢`)).toBe('找我***，谢谢')
  })

  it.each([
    ['微信号：zhang_san-88', '微信号：***'],
    ['加微信 zhangsan88 联系', '加微信 *** 联系'],
    ['V信123456789，加v: lisi_2020', 'V信***，加v: ***'],
    ['微信同号 abc123456', '微信同号 ***'],
    ['微信：张三abc12345', '微信：***'],
    ['ＱＱ号１２３４５６', 'ＱＱ号***'],
    ['qq: 123 456 789', 'qq: ***'],
    ['护照号码 E12345678', '护照号码 ***'],
    ['身份证号为 440106******123X', '身份证号为 ***'],
    ['44010619800101123X13800138000', '******'],
  ])('%s', (text, shown) => {
    for (const hide of [inLetter, inAnswer]) expect(hide(text)).toBe(shown)
  })
})

describe('a telephone with a wire', () => {
  it.each([
    ...[
      '020 8312 3456',
      '020-83123456',
      '(020)83123456',
      '（020）8312 3456',
      '0755 8312-3456',
      '０２０－８３１２３４５６',
    ],
    ...['+86 20 8312 3456', '020-83123456-801', '020-83123456转801', '83123456'],
  ])('%s is hidden in a letter, and stays in an answer', (phone) => {
    expect(inLetter(`打${phone}，谢谢`)).toBe('打***，谢谢')
    expect(inAnswer(`打${phone}，谢谢`)).toBe(`打${phone}，谢谢`)
  })

  it('is hidden in an answer as well where it is that of who has written, however it is put', () => {
    const known = { phone: '020-83123456' }
    for (const said of ['020 8312 3456', '83123456', '(020)8312-3456', '０２０８３１２３４５６']) {
      expect(inAnswer(`已致电${said}。`, known), said).toBe('已致电***。')
    }
    expect(inAnswer('咨询电话 020-83330000', known)).toBe('咨询电话 020-83330000')
  })

  it('in two groups is known by what stands before it', () => {
    expect(inLetter('电话：8312 3456')).toBe('电话：***')
    expect(inLetter('补贴 3000-5000 元')).toBe('补贴 3000-5000 元')
  })
})

describe('what is known of who has written', () => {
  it('is hidden whole, though one of it is a part of another', () => {
    const known = { name: '李明', address: '李明村12号3栋' }
    expect(inLetter('我是李明，住李明村12号3栋。', known)).toBe('我是***，住***。')
    expect(inLetter('住李明村 12 号 3 栋', known)).toBe('住***')
  })

  it('an address also without its city or district, but not any house of that number', () => {
    const known = { address: '广东省广州市海珠区新港西路 12 号' }
    for (const said of [
      '广州市海珠区新港西路12号',
      '海珠区新港西路12号',
      '新港西路１２号',
      '海珠区 新港西路 12 号',
    ]) {
      expect(inLetter(`住${said}。`, known), said).toBe('住***。')
    }
    expect(inLetter('12号有人说海珠区新港西路积水', known)).toBe('12号有人说海珠区新港西路积水')
    expect(inLetter('滨江小区3栋积水，3栋', { address: '海珠区滨江小区3栋' })).toBe('***积水，3栋')
  })

  it('with blanks in it, in other widths, in capitals', () => {
    expect(inAnswer('李　明您好', { name: '李明' })).toBe('***您好')
    expect(inAnswer('住１２号（东）', { address: '12号(东)' })).toBe('住***')
    expect(inAnswer('发到 AB@Home', { mail: 'ab@home' })).toBe('发到 ***')
  })
})

it.each([
  '文号〔2015〕15 号，粤府办〔2026〕12345678 号，国办函〔2015〕12345678号',
  '2015-03-24 至 2016-12-31，2014 2015 2016 2017 年，1998-12-31 105 元',
  '投入 12345678 元，1234567.89 元，1500 万元，12,345,678 元，占地 1234567 平方米',
  '来信 2026-000123，经度 113.32451234，热线 12345，400-830-0000',
  '增长+12345678元，分别为 150,1200,1500 元，1.3,5.7,9.2,4.6,8.0,1，156/2013/2014 户，1,3,5,7,9,11,13,15 号楼，同比 +12.3456789，1+1 2015 2016 年',
  '微信公众号：天河Tianhe2015，微信支付20150324001，微信：支付 300 元，3#楼 1.2 米，C#net.core',
  '微信公众号“天河发布”，QQ群，邮编 510620，G4 高速，1380 户 2000 人，新iPhone，新Windows',
])('stays as it is: %s', (text) => {
  expect(inLetter(text)).toBe(text)
  expect(inAnswer(text)).toBe(text)
})
