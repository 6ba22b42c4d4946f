import iconv from 'iconv-lite'
import type { Parsed, ParsedElement } from '../page/parsed.ts'

/** A site's own search, as its home page has it. */
export interface SearchForm {
  readonly action: string
  /** The name of the field for words, and what else is sent with it. */
  readonly field: string
  readonly rest: readonly (readonly [name: string, value: string])[]
  readonly isPost: boolean
  /** In which the page sends what is typed. */
  readonly encoding: string
}

/** Characters of an address with what a form sends: no server takes a longer one. */
const MOST_SENT = 8_192

const TYPED = ['', 'text', 'search']
const SENT = ['hidden', ...TYPED]
/** Forms that are there for something else: to sign in, to follow a letter. */
const OTHER = /login|passw|regist|subscribe|登录|注册|密码|订阅|验证码/i

/** What search is called, and how it is known from forms that follow a matter of one's own. */
export interface SearchWords {
  /** In names, addresses and on buttons: patterns. */
  readonly search: readonly string[]
  /** What is typed into those of one's own matter; what may be, unless the field asks for `forWords`. */
  readonly ownMatter: readonly string[]
  readonly perhapsOwn: readonly string[]
  readonly forWords: readonly string[]
}

/** Searches of everything are not the site's. */
const ENGINES = /(?:^|\.)(?:baidu|sogou|so|bing|google|360|haosou|youdao)\.(?:com|cn)$/i

/** The search of a home page; null: it has none that stands there as a form. */
export function searchForm(parsed: Parsed, home: string, words: SearchWords): SearchForm | null {
  const search = new RegExp(words.search.join('|'), 'i')
  const found = [...formsOf(parsed)].find(([form, within]) => isSearch(form, within, search, words))
  if (!found) return null
  const [form, within] = found
  const field = within.find(isTyped)?.attributes.name
  const action = form.attributes.action?.trim() || home
  if (!field) return null
  const rest = within.flatMap((one) => {
    const { name } = one.attributes
    const value = name && name !== field ? sentBy(one, within) : null
    return name && value !== null ? [[name, value] as const] : []
  })
  const isPost = form.attributes.method?.trim().toLowerCase() === 'post'
  const inAddress = isPost ? [action] : [action, field, ...rest.flat()]
  if (inAddress.reduce((sum, { length }) => sum + length, 0) > MOST_SENT) return null
  if (!URL.canParse(action, parsed.base)) return null
  if (ENGINES.test(new URL(action, parsed.base).hostname)) return null
  return {
    ...{ action: new URL(action, parsed.base).href, field, rest, isPost },
    encoding: form.attributes['accept-charset']?.split(/[\s,]+/)[0] || parsed.encoding,
  }
}

const CHOSEN = ['radio', 'checkbox']

/** What a browser sends of a field that nobody has touched; null: nothing. */
function sentBy(element: ParsedElement, within: readonly ParsedElement[]): string | null {
  const { type = '', value, checked } = element.attributes
  if (element.tag === 'select') {
    const options = within.filter(({ tag, parent }) => tag === 'option' && isIn(parent, element))
    const chosen = options.find(({ attributes }) => attributes.selected !== undefined) ?? options[0]
    return chosen ? (chosen.attributes.value ?? chosen.text) : null
  }
  if (element.tag !== 'input') return null
  if (CHOSEN.includes(type.toLowerCase())) return checked === undefined ? null : (value ?? 'on')
  return SENT.includes(type.toLowerCase()) ? (value ?? '') : null
}

/** Options stand in their list, or in a group of it. */
const isIn = (parent: ParsedElement | null, list: ParsedElement): boolean =>
  parent === list || parent?.parent === list

/** The address that a browser would go to for these words. */
export function searchUrl({ action, field, rest, encoding }: SearchForm, words: string): string {
  const url = new URL(action)
  // A form by GET takes the place of whatever stands behind the address.
  url.search = [...rest, [field, words] as const]
    .map(([name, value]) => `${encoded(name, encoding)}=${encoded(value, encoding)}`)
    .join('&')
  url.hash = ''
  return url.href
}

function encoded(text: string, encoding: string): string {
  const bytes = iconv.encodingExists(encoding) ? iconv.encode(text, encoding) : Buffer.from(text)
  return [...bytes]
    .map((byte) => {
      const sign = String.fromCharCode(byte)
      if (/[A-Za-z0-9*._-]/.test(sign)) return sign
      return sign === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}

/** Elements that are looked at of one form: some hold the whole page. */
const MOST_WITHIN = 5_000

/** Forms with what stands in them, and in no form within them. */
function formsOf({ elements }: Parsed): Map<ParsedElement, ParsedElement[]> {
  const forms = new Map<ParsedElement, ParsedElement[]>()
  const formOf = new Map<ParsedElement, ParsedElement>()
  for (const element of elements) {
    const form = element.tag === 'form' ? element : element.parent && formOf.get(element.parent)
    if (!form) continue
    formOf.set(element, form)
    const within = forms.get(form)
    if (!within) forms.set(form, [])
    else if (within.length < MOST_WITHIN) within.push(element)
  }
  return forms
}

const isTyped = ({ tag, attributes }: ParsedElement): boolean =>
  tag === 'input' && TYPED.includes((attributes.type ?? '').toLowerCase()) && Boolean(attributes.name)

/** Whether what a field asks for is the number of a letter or a case, not words. */
function isOwnMatter(asked: string, { ownMatter, perhapsOwn, forWords }: SearchWords): boolean {
  const has = (some: readonly string[]) => some.some((one) => asked.includes(one))
  return has(ownMatter) || (has(perhapsOwn) && !has(forWords))
}

function isSearch(
  form: ParsedElement,
  within: readonly ParsedElement[],
  search: RegExp,
  searchWords: SearchWords,
): boolean {
  if (within.filter(isTyped).length !== 1) return false
  const said = [form, ...within].flatMap(({ text, attributes }) => [
    ...[
      attributes.action,
      attributes.name,
      attributes.id,
      attributes.class,
      attributes.value,
      attributes.placeholder,
    ],
    ...[attributes.title, attributes.alt, attributes.src, text],
  ])
  const words = said.filter((one) => one !== undefined).join(' ')
  const isSecret = within.some(({ attributes }) => attributes.type?.toLowerCase() === 'password')
  const isOwn = within.some(({ attributes }) => attributes.type?.toLowerCase() === 'search')
  const { placeholder = '', value = '', title = '', id = '' } = within.find(isTyped)?.attributes ?? {}
  const isForWords =
    (isOwn || search.test(words)) && !isOwnMatter(`${placeholder} ${value} ${title} ${id}`, searchWords)
  return isForWords && !isSecret && !OTHER.test(form.attributes.action ?? '')
}
