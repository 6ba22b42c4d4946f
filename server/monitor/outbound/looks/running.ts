/*
 * What of a script runs when its page is opened, and for everybody: read, never run. What a function does that nobody calls, what waits to
 * be pressed, and what is done in some browsers only, is left out; what is done for those who come from a search engine is not.
 */

export interface Running {
  /** Without its notes. */
  readonly script: string
  /** The places of a form in it that run. */
  readonly matches: (form: RegExp) => RegExpExecArray[]
}

/** A text that is never closed ends with its line: whoever looked for its end again from each sign would look for ever. */
const TEXT = [
  String.raw`"(?:\\[\s\S]|[^"\\\n])*(?:"|(?=\n)|\\?$)`,
  String.raw`'(?:\\[\s\S]|[^'\\\n])*(?:'|(?=\n)|\\?$)`,
  String.raw`\x60(?:\\[\s\S]|[^\x60\\])*(?:\x60|\\?$)`,
].join('|')
const TEXTS = new RegExp(TEXT, 'g')
const NOTES = new RegExp(String.raw`(${TEXT})|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|<!--[^\n]*`, 'g')
const SIGNS = new RegExp(`${TEXT}|[{};]`, 'g')
/** Characters before a place that say what it is. */
const MOST_HEAD = 300
/** Functions with a name, and places of each, that are looked for in the page. */
const MOST_FUNCTIONS = 50
const MOST_PLACES = 50

const NAMED = [
  /\bfunction\s{1,9}([\w$]{1,40})\s{0,9}\([^()]{0,200}\)\s{0,9}$/,
  /([\w$]{1,40})\s{0,9}=\s{0,9}(?:async\s{1,9})?function\b[^()]{0,40}\([^()]{0,200}\)\s{0,9}$/,
  /([\w$]{1,40})\s{0,9}=\s{0,9}(?:async\s{0,9})?(?:\([^()]{0,200}\)|[\w$]{1,40})\s{0,9}=>\s{0,9}$/,
]
const OPENED = /^on(?:load|ready|pageshow)/i
/** A function of an object, which has to be called. */
const METHOD = /[\w$"']\s{0,9}:\s{0,9}(?:async\s{1,9})?function\b[^()]{0,40}\([^()]{0,200}\)\s{0,9}$/
const PRESSED =
  /(?:addEventListener|attachEvent|\.(?:on|bind))\s{0,9}\(\s{0,9}["'](?!(?:on)?(?:load|DOMContentLoaded|ready|pageshow))|\.(?:click|submit|change|hover|focus|blur|resize|scroll|mouse\w{1,9}|key\w{1,9}|touch\w{1,9})\s{0,9}\(\s{0,9}(?:function|\()/i
const IF = /\b(?:if|else|switch|case|catch)\b|&&|\|\||\?/
const FROM_SEARCH = /referrer|spider/i
const REFERRER =
  /([A-Za-z_$][\w$]{0,40})\s{0,9}=\s{0,9}(?:window\s{0,9}\.\s{0,9})?document\s{0,9}\.\s{0,9}referrer/g
/** Behind it stands a text that is run as a script, or written into the page. */
const RUN_TEXT =
  /(?:(?:set(?:Timeout|Interval)|write(?:ln)?|eval)\s{0,9}\(|(?:inner|outer)HTML\s{0,9}\+?=)\s{0,9}$/

/** @param page the page that the script stands in: a function may be called from there */
export function runningIn(whole: string, page: string): Running {
  const script = whole.replace(NOTES, (_, text?: string) => text ?? ' ')
  const reading = new Reading(script, page)
  return { script, matches: (form) => reading.matches(form) }
}

class Reading {
  readonly #script: string
  readonly #page: string
  #referrers: ReadonlySet<string> | null = null
  readonly #called = new Map<string, boolean>()

  constructor(script: string, page: string) {
    this.#script = script
    this.#page = page
  }

  matches(form: RegExp): RegExpExecArray[] {
    const found = [...this.#script.matchAll(form)]
    if (found.length === 0) return []
    const kept: RegExpExecArray[] = []
    const blocks: boolean[] = []
    let [begin, next] = [0, 0]
    const until = (end: number, isRun: (at: number) => boolean) => {
      for (let match = found[next]; match && match.index < end; match = found[++next]) {
        if ((blocks.at(-1) ?? true) && isRun(match.index)) kept.push(match)
      }
    }
    const isPlain = (at: number): boolean => !this.#isConditional(this.#headOf(begin, at))
    for (const { 0: sign, index } of this.#script.matchAll(SIGNS)) {
      until(index, isPlain)
      const end = index + sign.length
      if (sign === '{') blocks.push((blocks.at(-1) ?? true) && this.#runs(this.#headOf(begin, index)))
      else if (sign === '}') blocks.pop()
      else if (sign !== ';') {
        const head = this.#headOf(begin, index)
        const isRun = RUN_TEXT.test(head) && !this.#isConditional(head)
        // `window["location"]`: a text that something is called by.
        until(end, (at) => ((found[next]?.[0].length ?? 0) + at > end ? isPlain(at) : isRun))
        continue
      }
      begin = end
    }
    until(this.#script.length + 1, isPlain)
    return kept
  }

  /** What stands before a place in its statement: a line is one, unless it goes on. */
  #headOf(begin: number, at: number): string {
    const head = this.#script.slice(Math.max(begin, at - MOST_HEAD), at)
    const lines = head.split('\n')
    let said = lines.pop() ?? ''
    for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
      if (line.trim() !== '' && !/(?:[-+)&|?:,(=]|\belse)\s{0,9}$/.test(line.slice(-20))) break
      said = `${line}\n${said}`
    }
    return said
  }

  #runs(head: string): boolean {
    const name = NAMED.map((form) => form.exec(head)?.[1]).find((one) => one !== undefined)
    if (name !== undefined) return this.#isCalled(name)
    return !METHOD.test(head) && !PRESSED.test(head) && !this.#isConditional(head)
  }

  #isConditional(head: string): boolean {
    if (!IF.test(head.replace(TEXTS, ''))) return false
    if (FROM_SEARCH.test(head)) return false
    this.#referrers ??= new Set([...this.#script.matchAll(REFERRER)].map(([, name = '']) => name))
    const { size } = this.#referrers
    return size === 0 || !(head.match(/[\w$]+/g) ?? []).some((word) => this.#referrers?.has(word))
  }

  /** Whether a page calls a function by itself, and not only when something is pressed. */
  #isCalled(name: string): boolean {
    if (OPENED.test(name)) return true
    if (/^on[a-z]{3,20}$/.test(name)) return false
    const known = this.#called.get(name)
    if (known !== undefined) return known
    if (this.#called.size >= MOST_FUNCTIONS) return false
    const isCalled = isCalledIn(this.#page, name)
    this.#called.set(name, isCalled)
    return isCalled
  }
}

/** Before a name: what only says what it is, or when it is to be called. */
const SAYS =
  /(?:\bfunction\s{1,9}|[\w$.]|\bon(?!load|ready|pageshow)[a-z]{3,20}\s{0,9}=[^;>]{0,40}|javascript:[^"'>]{0,40})$/i

function isCalledIn(page: string, name: string): boolean {
  let at = page.indexOf(name)
  for (let n = 0; at >= 0 && n < MOST_PLACES; n++, at = page.indexOf(name, at + name.length)) {
    const behind = page.slice(at + name.length, at + name.length + 20)
    const before = page.slice(Math.max(0, at - 80), at)
    const isGiven = /[(,=]\s{0,9}$/.test(before) && /^\s{0,9}(?:[,;)<]|$)/.test(behind)
    if (!isGiven && !/^\s{0,9}\(/.test(behind)) continue
    if (!SAYS.test(before) && !PRESSED.test(before)) return true
  }
  return false
}
