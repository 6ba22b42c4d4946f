import { digitsApart, foldSigns } from '../../../../shared/base/signs.ts'
import { partsOfAddress } from './address.ts'

/** What may stand between the digits of a number: blanks, dashes, dots, and signs that nobody sees. */
const SIGN = '[-_. \\t\\u00a0\\u00ad\\u200b-\\u200d\\u2060\\ufeff]'
/** Between those of a mobile telephone these as well; between others they tell figures from each other. */
const MORE = SIGN.replace('_', '_/,')
const GAP = `${SIGN}{0,3}`
const APART = `${SIGN}{1,3}`
/** A decimal has one gap, which is a dot: where a number is written in two groups, none is. */
const NO_DOT = SIGN.replace('.', '')
const BLANK = `${NO_DOT}{0,3}`
const digits = (n: number) => `\\d{${n}}`
const groups = (gap: string, ...lengths: readonly number[]) => lengths.map(digits).join(gap)
const eachApart = (n: number, apart = APART) => `\\d(?:${apart}\\d){${n - 1}}`
const together = (n: number) => `(?:${digits(n)}|${eachApart(n)})`
/** After figures of something that is counted. */
const COUNTED = '[ \\t]{0,4}(?:[多余]?[万亿]?[元人户件吨张]|平方|㎡|公里|号|%)'
/** Stands by itself: `what` is no part of a longer number. */
const whole = (what: string) => `(?<!\\d)(?:${what})(?!\\d)`
const NAMED = '(?:同?号码?|ID|账号|帐号)?[ \\t]{0,4}'
const after = (word: string) => `(?<=(?:${word})${NAMED}(?:[:=是为][ \\t]{0,4})?)`

const COUNTRY = '(?:\\+|00)?86\\)?'
/** In the groups in which people write them: no list of years or sums is. */
const MOBILE = `(?:\\(?${COUNTRY}${GAP}|0)?(?=1${MORE}{0,3}[3-9])(?:${[
  groups('', 11),
  ...[groups(GAP, 3, 4, 4), groups(GAP, 4, 3, 4), groups(GAP, 4, 4, 3), groups(GAP, 3, 3, 5)],
  ...[groups(BLANK, 3, 8), groups(BLANK, 5, 6), groups(BLANK, 6, 5), groups(BLANK, 7, 4)],
  ...[eachApart(11), eachApart(11, '[/,]')],
  [together(3), together(4), together(4)].join(GAP),
  `${digits(3)}${MORE}{1,3}(?:${digits(4)}${MORE}{1,3}${digits(4)}|${digits(8)})(?!${COUNTED})`,
].join('|')})`
/** Of elsewhere: after a plus with the code of any country, after 00 or in brackets with those of the nearest. */
const ABROAD = `(?<![\\d+])(?:\\+(?!86)[1-9]\\d{0,2}\\)?|(?:00|\\()(?:85[23]|886)\\)?)${BLANK}\\(?\\d(?:\\)?${BLANK}\\d){6,11}(?!\\d|${COUNTED})`
const IN_WORDS = '[一二三四五六七八九零〇○幺两壹贰叁肆伍陆柒捌玖]'
const IDENTITY = `(?:${[
  `\\d{17}X|${whole('\\d{15,}')}`,
  `(?<!\\d)\\d{6}${APART}(?:\\d{8}|\\d{4}${APART}\\d{4})${GAP}\\d{3}[\\dX](?!\\d)`,
  `(?<!\\d)\\d{14}${APART}\\d{3}[\\dX](?!\\d)`,
  `(?<!\\d)${eachApart(17)}${APART}[\\dX](?!\\d)`,
].join('|')})`
/** In fours; no card begins as years do. */
const CARD = `(?:[3-9]\\d{3}${APART})\\d{4}(?:${APART}\\d{4}){2}(?:${APART}\\d{1,4})?`
/** With three digits at least, which a word beside a sign of a province has not. */
const PLATE =
  '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][. -]?(?=(?:[A-Z]*\\d){3})[A-Z0-9]{5,6}(?![A-Z0-9])'
const WECHAT = '[微薇威维V]信|WeChat|weixin|VX|加V'
/** Of any person, whoever wrote it. */
const ANYBODYS = [
  IDENTITY,
  whole(MOBILE),
  whole(CARD),
  ABROAD,
  `(?<!${IN_WORDS})[一幺壹]${IN_WORDS}{10}(?!${IN_WORDS})`,
  '[\\w.+-]{1,64}[ \\t]?(?:@|[([](?:at|@)[)\\]])[ \\t]?[\\w-]{1,63}(?:\\.[\\w-]{1,63})+',
  // Where something else stands for the sign of mail, it must end as mail does.
  '[\\w.+-]{1,64}[ \\t]?(?:@|#|艾特)[ \\t]?[\\w-]{1,63}[ \\t]?[.点][ \\t]?(?:com|net|org|cn)(?![\\w-])',
  `${after(WECHAT)}[A-Z\\d][-\\w]{5,19}`,
  // With a name before it.
  `(?<=(?:${WECHAT})${NAMED}[:=是为][ \\t]{0,4})(?!公众|小程序|支付|转账|付款)\\p{Script=Han}{1,4}(?=[-\\w]*\\d)[A-Z\\d][-\\w]{5,19}`,
  `${after('QQ|扣扣')}[1-9](?:${GAP}\\d){4,11}(?!\\d)`,
  `${after('身份证|护照|通行证|证件|银行卡|卡号')}[A-Z]{0,2}\\d[\\dX*]{5,}`,
  PLATE,
]
const LOCAL = `\\d{3,4}${BLANK}\\d{4}`
const EXTENSION = `(?:[ \\t]?(?:-|转|ext\\.?)[ \\t]?\\d{1,5}(?!\\d))?`
/** Telephones with a wire, which an office may well name in its answer. */
const WIRED = [
  `${whole(`\\(?(?:${COUNTRY}${GAP}\\(?0?|0)(?:10|2\\d|[3-9]\\d{2})\\)?${GAP}${LOCAL}`)}${EXTENSION}`,
  `(?<=(?:电话|座机|固话|致电|来电|拨打|Tel)[^\\d\\n]{0,6})${LOCAL}(?!\\d)${EXTENSION}`,
  // By themselves, so many digits may be money, a size or the number of a paper, and then say so.
  `(?<![\\d〕.])\\d{7,8}(?!\\d|\\.\\d|${COUNTED})${EXTENSION}`,
]
const finder = (parts: readonly string[]) => new RegExp(parts.join('|'), 'giu')
const IN_ANSWER = finder(ANYBODYS)
const IN_LETTER = finder([...ANYBODYS, ...WIRED])
/** What stands for it: so long whatever it was. */
const HIDDEN = '***'
/** A shorter one may be any word. */
const LEAST_NAME = 2
const LEAST_DIGITS = 5

/** What is still known of who has written. */
export interface Known {
  readonly name: string | null
  readonly phone: string | null
  readonly mail: string | null
  readonly address: string | null
}

/**
 * A text for everybody: without numbers of persons, telephones and mail addresses as people usually write them, and without
 * what is known of who has written. Who means to be found by a way of writing of their own is: people approve what is published.
 * @param isAnswer an office's own words, in which its telephone stays
 */
export function hidePersonal(text: string, known: Known, isAnswer: boolean): string {
  // Found in what is as long sign by sign, so that a place there is a place in the text.
  const folded = foldSigns(text)
  const found = [isAnswer ? IN_ANSWER : IN_LETTER, ...ofKnown(known)].flatMap((one) =>
    [...folded.matchAll(one)].map(({ index, 0: { length } }) => ({ from: index, to: index + length })),
  )
  found.sort((a, b) => a.from - b.from)
  let [shown, at] = ['', 0]
  for (const { from, to } of found) {
    // What runs into another is one with it: nothing of either is left over.
    if (from >= at) shown += text.slice(at, from) + HIDDEN
    at = Math.max(at, to)
  }
  return shown + text.slice(at)
}

function ofKnown({ name, phone, mail, address }: Known): RegExp[] {
  const texts = [name, mail, ...partsOfAddress(address ?? ''), phone].map((one) =>
    foldSigns(one ?? '').replace(/\s/g, ''),
  )
  const written = texts
    .filter((one) => one.length >= LEAST_NAME)
    .map((one) => [...one].map((sign) => sign.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')).join('\\s{0,3}'))
  const number = digitsApart(phone ?? '', GAP, LEAST_DIGITS)
  const called = number === null ? [] : [whole(number)]
  return [...written, ...called].map((one) => new RegExp(one, 'giu'))
}
