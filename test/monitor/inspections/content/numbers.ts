/* Numbers of persons who do not exist, with the right check digits. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** An identity number of an area, a day of birth and an order. */
export function identity(area = '440106', born = '19850612', order = '123'): string {
  const body = `${area}${born}${order}`
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(body[at]), 0)
  return `${body}${'10X98765432'[sum % 11]}`
}

/** A number of a card that begins so. */
export function card(begin = '622202', length = 19, fill = '3602'): string {
  let body = begin
  for (let at = 0; body.length < length - 1; at++) body += fill[at % fill.length]
  let sum = 0
  for (let back = 0; back < body.length; back++) {
    const digit = Number(body[body.length - 1 - back])
    const twice = back % 2 === 0 ? digit * 2 : digit
    sum += twice > 9 ? twice - 9 : twice
  }
  return `${body}${(10 - (sum % 10)) % 10}`
}

/** In full-width digits. */
export const wide = (text: string): string =>
  text.replace(/[0-9A-Z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
/** In groups of such lengths, with something between. */
export function grouped(text: string, lengths: readonly number[], between = ' '): string {
  let at = 0
  return lengths
    .map((length) => {
      at += length
      return text.slice(at - length, at)
    })
    .join(between)
}
