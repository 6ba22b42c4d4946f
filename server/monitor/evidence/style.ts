/** What can make a style load something or, in old browsers, run something; escapes are resolved before. */
const ACTIVE = /url\s*\(|@import|@namespace|image-set|expression\s*\(|behaviou?r\s*:|-moz-binding|src\s*:/i

/** One that does not end goes on to the end of its sheet, for browsers too. */
const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/g

/** A style sheet without the rules that name an address; `<` cannot end the element that it stands in. */
export function inertRules(css: string): string {
  const plain = unescaped(css.replace(COMMENT, ' '))
  const parts = plain.split(/([{};])/).map((part) => (ACTIVE.test(part) ? ' ' : part))
  const joined = parts.join('')
  return (ACTIVE.test(joined) ? '' : joined).replace(/</g, ' ')
}

/** The `style` of an element without the declarations that name an address. */
export function inertStyle(style: string): string {
  return unescaped(style)
    .split(';')
    .filter((declaration) => !ACTIVE.test(declaration) && !/[<{}]/.test(declaration))
    .join(';')
}

/** CSS escapes resolved (`\75rl(` is `url(`); one that would give a control or a bracket is dropped. */
function unescaped(css: string): string {
  return css
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => {
      const code = Number.parseInt(hex, 16)
      return code >= 0x20 && code < 0x7f ? String.fromCodePoint(code) : ' '
    })
    .replace(/\\/g, '')
}
