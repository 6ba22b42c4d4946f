import { Parser } from 'htmlparser2'
import { CLOCK_NAME } from './labels.ts'
import { type Anchor, emptyPage, type Hit, type Page, titleRank, type Where } from './page.ts'
import { type Event, settle } from './pairing.ts'
import { hitsOf } from './runs.ts'
import { dateOfParts, joinParts, type Part, partOf } from './split.ts'

/** One open element. */
interface Frame {
  name: string
  id: number
  names: string
  events: Event[] | null
  anchor: Anchor | null
  /** Text in here is not shown as text: scripts, styles, choices of a form. */
  mute: boolean
  /** Of a row: its cells so far. Of a cell: its place in the row. */
  cell: number
  cells: string[] | null
  /** Of a table: the words at the heads of its columns. */
  columns: string[] | null
}

/** The parser looks through its stack of open elements from the far end, so depth must stay small. */
const MAX_DEPTH = 256
const CHUNK = 4_096
const SMALL_CHUNK = 512
/** An honest page of a megabyte has a third of this. */
const MAX_TAGS = 80_000
/** Ten times what the fullest home page shows. */
const MAX_HITS = 5_000
const MAX_SCRIPT = 1_500_000
const MAX_TEXT = 200

const MUTE = new Set([
  'script',
  'style',
  'select',
  'textarea',
  'title',
  'template',
  'noframes',
  'object',
  'svg',
])
const INLINE = new Set(
  'a abbr b big cite code em font i img input kbd label mark q s samp small span strong strike sub sup tt u var time ins del nobr o:p'.split(
    ' ',
  ),
)
const LINE_PARTS = 60
const ATTR_DATE = /\d{2,4}[-/年.]\d{1,2}/

/** Collects what one pass over `html` shows. Linear in its length, whatever is in it. */
export function streamPage(html: string): Page {
  const reader = new Reader()
  reader.read(html)
  return reader.page
}

class Reader {
  readonly page: Page = emptyPage()
  private stack: Frame[] = []
  private buffer = ''
  private bufferAt = 0
  private line = ''
  /** Links closed in this line. */
  private lineLinks = 0
  private previous = ''
  private anchor: Anchor | null = null
  private open: Hit | null = null
  private part: Part | null = null
  private partHit: Hit | null = null
  private ids = 0
  private titled = false
  private script = ''
  private scriptLength = 0
  private base = 0
  private parser = this.newParser()

  private newParser(): Parser {
    return new Parser({
      onopentag: (name, attributes) => this.onOpen(name, attributes),
      onclosetag: () => this.onClose(),
      ontext: (data) => this.onText(data),
      oncomment: (data) => this.onHidden(data),
    })
  }

  read(html: string): void {
    let size = CHUNK
    for (let at = 0; at < html.length && this.page.tags < MAX_TAGS; at += size) {
      this.parser.write(html.slice(at, at + size))
      if (this.stack.length <= MAX_DEPTH) continue
      this.restart(at + size)
      size = SMALL_CHUNK
    }
    this.parser.end()
    this.flush()
    while (this.stack.length > 0) this.close()
  }

  /** Forgets the open elements: nothing true is nested this deep. */
  private restart(at: number): void {
    this.flush()
    while (this.stack.length > 0) this.close()
    this.parser = this.newParser()
    this.base = at
  }

  private onOpen(name: string, attributes: Record<string, string>): void {
    this.flush()
    this.page.tags++
    if (!INLINE.has(name)) this.breakLine()
    const parent = this.stack.at(-1)
    const frame: Frame = {
      name,
      id: ++this.ids,
      names: attributes.class || attributes.id ? `${attributes.class ?? ''} ${attributes.id ?? ''}` : '',
      events: null,
      anchor: null,
      mute: (parent?.mute ?? false) || MUTE.has(name),
      cell: 0,
      cells: null,
      columns: null,
    }
    this.stack.push(frame)
    if (name === 'td' || name === 'th') this.openCell(frame)
    this.take(name, attributes, frame)
    if (attributes.title !== undefined && ATTR_DATE.test(attributes.title)) {
      this.readAttribute(attributes.title, 'attr', frame)
    }
  }

  private take(name: string, attributes: Record<string, string>, frame: Frame): void {
    if (name === 'a') this.openAnchor(attributes, frame)
    else if (name === 'img') this.takePicture(attributes.alt)
    else if (name === 'meta') this.takeMeta(attributes)
    else if (name === 'input') this.takeField(attributes)
    else if (name === 'frame')
      this.page.frames.push({ name: attributes.name ?? '', src: attributes.src ?? '' })
    else if (name === 'time' && attributes.datetime) this.readAttribute(attributes.datetime, 'time', frame)
  }

  private openAnchor(attributes: Record<string, string>, frame: Frame): void {
    if (attributes.href === undefined && attributes.onclick === undefined) return
    const anchor = {
      href: attributes.href ?? '',
      title: clean(attributes.title ?? '', MAX_TEXT),
      text: '',
      full: false,
      aside: isAside(this.line, this.lineLinks),
    }
    frame.anchor = anchor
    this.anchor = anchor
    this.line = ''
    this.page.anchors.push(anchor)
  }

  private takePicture(alt: string | undefined): void {
    if (alt && this.anchor && this.anchor.title === '') this.anchor.title = clean(alt, MAX_TEXT)
  }

  private takeMeta(attributes: Record<string, string>): void {
    const name = attributes.name ?? attributes.property ?? attributes.itemprop
    if (name !== undefined && attributes.content) this.page.metas.push({ name, content: attributes.content })
    if (attributes['http-equiv']?.toLowerCase() === 'refresh')
      this.page.refresh ??= attributes.content ?? null
  }

  private takeField(attributes: Record<string, string>): void {
    const { value } = attributes
    if (attributes.type?.toLowerCase() !== 'hidden' || value === undefined || !/^\d/.test(value)) return
    this.page.fields.push({
      name: `${attributes.name ?? ''} ${attributes.id ?? ''}`,
      value: value.slice(0, 40),
    })
  }

  private openCell(frame: Frame): void {
    const row = this.stack.at(-2)
    if (row?.name !== 'tr') return
    frame.cell = row.cell++
    frame.cells = []
  }

  private onText(data: string): void {
    const frame = this.stack.at(-1)
    if (frame?.mute) {
      this.takeMuted(frame.name, data)
      return
    }
    if (this.buffer === '') this.bufferAt = this.base + this.parser.startIndex
    this.buffer += data
  }

  private takeMuted(name: string, data: string): void {
    if (name === 'title') this.page.title = (this.page.title + data).slice(0, 300)
    if (name === 'script' && this.scriptLength <= MAX_SCRIPT) this.script += data
  }

  private closeScript(): void {
    const text = this.script
    if (text === '') return
    this.script = ''
    this.scriptLength += text.length
    this.page.scripts.push(text)
    if (!/<(?:li|a|record)\b/i.test(text) || !/\d{2}[-/.年]\d/.test(text)) return
    const kind = text.includes('<![CDATA[') ? 'cdata' : 'script'
    this.page.hidden.push({ text: text.replace(/<!\[CDATA\[|\]\]>|\\(?=["'/])/g, ''), kind })
  }

  private onHidden(data: string): void {
    if (data.length < 30 || !data.includes('<') || !/\d{2}[-/.年]\d/.test(data)) return
    if (this.scriptLength > MAX_SCRIPT) return
    this.scriptLength += data.length
    const cdata = data.startsWith('[CDATA[')
    this.page.hidden.push({ text: cdata ? data.slice(7) : data, kind: cdata ? 'cdata' : 'comment' })
  }

  /** Takes the text gathered since the last tag as one run. */
  private flush(): void {
    if (this.buffer === '') return
    const text = clean(this.buffer, Number.POSITIVE_INFINITY)
    this.buffer = ''
    if (text === '') return
    const frame = this.stack.at(-1)
    this.page.textLength += text.length
    if (this.anchor && !this.anchor.full) this.takeTitle(this.anchor, text)
    this.takeHeading(text, frame)
    this.doubtOpenHit(text)
    this.takeDates(text)
    this.takeCellText(text)
    this.line = (this.line + text).slice(-LINE_PARTS)
    this.previous = text
  }

  private takeTitle(anchor: Anchor, text: string): void {
    anchor.text += text.slice(0, MAX_TEXT)
    if (anchor.text.length > MAX_TEXT) anchor.full = true
  }

  /** The heading is the run that repeats the page's title; failing that, the first h1 or h2. */
  private takeHeading(text: string, frame: Frame | undefined): void {
    const { page } = this
    if (this.titled || this.anchor || text.length < 6 || text.length > MAX_TEXT) return
    this.titled = page.title.includes(text)
    if (!this.titled && (page.heading !== '' || !/^h[12]$/.test(frame?.name ?? ''))) return
    page.heading = text
    page.headingOffset = this.bufferAt
  }

  /** What follows a date may still unmake it: a weekday in the next element, the end of a period. */
  private doubtOpenHit(text: string): void {
    const hit = this.open
    this.open = null
    if (hit === null || hit.label === 'publish' || hit.doubt !== null) return
    if (/^[\s(（]*(?:星期|周[一二三四五六日]|农历)/.test(text)) hit.doubt = 'header_clock'
    else if (/^(?:至|到|~|～|—)/.test(text)) hit.doubt = 'period'
  }

  private takeDates(text: string): void {
    if (this.page.hits.length >= MAX_HITS) return
    const hits = /[\d年昨刚前]/.test(text) ? hitsOf(text, () => this.context('list')) : []
    for (const hit of hits) this.raise(hit)
    const last = hits.at(-1)
    if (last && text.length - last.match.end < 4) this.open = last
    this.takePart(text, hits)
  }

  private takePart(text: string, hits: Hit[]): void {
    const part = hits.length > 1 ? null : partOf(text)
    if (part === null) {
      if (!/^[\s/|.\-·[\]()]*$/.test(text)) this.part = null
      return
    }
    const joined = this.part && joinParts(this.part, part)
    const date = joined && dateOfParts(joined)
    if (joined && date) this.placeSplit(date, hits[0] ?? this.partHit)
    else this.partHit = hits[0] ?? null
    this.part = joined ?? part
  }

  /** A date put together from two elements: takes over the hit its month and day had already made. */
  private placeSplit(match: Hit['match'], known: Hit | null): void {
    const hit = known ?? { ...this.bare(), match }
    hit.match = match
    hit.where = 'split'
    if (known === null) this.raise(hit)
    this.partHit = hit
  }

  private bare(): Omit<Hit, 'match'> {
    const context = this.context('split')
    return {
      where: 'split',
      shape: 'alone',
      bracketed: false,
      label: null,
      doubt: context.clockName ? 'header_clock' : null,
      run: context.previous.slice(-60),
      inside: context.inside,
      anchor: null,
      tight: false,
      group: 0,
      offset: this.bufferAt,
    }
  }

  private context(where: Where) {
    return {
      line: this.line,
      previous: this.previous,
      column: this.column(),
      inside: this.anchor,
      where,
      clockName: this.stack.slice(-3).some((frame) => frame.names !== '' && CLOCK_NAME.test(frame.names)),
      offset: this.bufferAt,
    }
  }

  private readAttribute(value: string, where: Where, frame: Frame): void {
    if (this.page.hits.length >= MAX_HITS) return
    const offset = this.parser.startIndex + this.base
    const inside = frame.anchor
    const context = { line: '', previous: '', column: '', inside, where, clockName: false, offset }
    for (const hit of hitsOf(clean(value, 600), () => context)) {
      this.raise(hit)
    }
  }

  private raise(hit: Hit): void {
    this.page.hits.push(hit)
    const frame = this.stack.at(-1)
    if (frame === undefined) return
    frame.events ??= []
    frame.events.push({ hit, anchor: null, level: 0 })
  }

  /** Heading of the column the current cell stands in; looks only a few elements up. */
  private column(): string {
    for (let i = this.stack.length - 1, seen = 0; i > 0 && seen < 6; i--, seen++) {
      const frame = this.stack[i]
      if (frame?.cells && (frame.name === 'td' || frame.name === 'th')) {
        for (let t = i - 1; t >= 0 && t > i - 5; t--) {
          const table = this.stack[t]
          if (table?.name === 'table') return table.columns?.[frame.cell] ?? ''
        }
      }
    }
    return ''
  }

  private takeCellText(text: string): void {
    for (let i = this.stack.length - 1; i >= 0 && i > this.stack.length - 4; i--) {
      const frame = this.stack[i]
      if (frame?.cells && frame.cells.length < 3) frame.cells.push(text.slice(0, 12))
    }
  }

  private onClose(): void {
    this.flush()
    const frame = this.stack.at(-1)
    if (frame && !INLINE.has(frame.name)) this.breakLine()
    this.close()
  }

  private close(): void {
    const frame = this.stack.pop()
    if (!frame) return
    const parent = this.stack.at(-1)
    if (frame.name === 'script') this.closeScript()
    if (frame.anchor) this.closeAnchor(frame)
    if (frame.name === 'td' || frame.name === 'th') noteCell(frame, parent)
    if (frame.name === 'tr') this.noteRow(frame)
    if (frame.events === null) return
    const rising = settle(frame.events, frame.name, frame.id, parent?.id ?? 0)
    if (parent && rising.length > 0)
      parent.events = parent.events === null ? rising : append(parent.events, rising)
  }

  private closeAnchor(frame: Frame): void {
    const anchor = frame.anchor
    this.anchor = null
    if (anchor === null) return
    // The end of a title is no label: 「…考试时间」 2020-03-01.
    this.line = ''
    this.lineLinks++
    this.previous = ''
    const titled = titleRank(anchor) > 0
    const rest: Event[] = titled ? [{ hit: null, anchor, level: 0 }] : []
    for (const event of frame.events ?? []) {
      if (event.hit && titled) this.own(event.hit, anchor)
      else if (event.hit) rest.push(event)
    }
    frame.events = rest
  }

  /** A date inside a titled link needs no further search. */
  private own(hit: Hit, anchor: Anchor): void {
    hit.anchor = anchor
    hit.tight = true
    hit.group = this.stack.at(-2)?.id ?? 0
  }

  /** A first row of words without dates names the columns below it. */
  private noteRow(row: Frame): void {
    const cells = row.cells
    if (cells === null || cells.length < 2 || row.events?.some((event) => event.hit)) return
    if (cells.filter((cell) => /标题|名称|日期|时间|文号|序号|来源|状态|单位|内容/.test(cell)).length < 2)
      return
    for (let i = this.stack.length - 1; i >= 0 && i > this.stack.length - 4; i--) {
      const table = this.stack[i]
      if (table?.name !== 'table') continue
      table.columns ??= cells
      return
    }
  }

  private breakLine(): void {
    this.line = ''
    this.lineLinks = 0
    this.open = null
    if (this.anchor && !this.anchor.full && titleRank(this.anchor) === 2) this.anchor.full = true
  }
}

/** True for the steps of 「当前位置：首页 > 新闻」 and for the link behind 「来源：」. */
function isAside(line: string, linksBefore: number): boolean {
  return /位置|(?:来源|作者|编辑|供稿)[:：\s]*$/.test(line) || (linksBefore > 0 && /[>›»→]$/.test(line))
}

function noteCell(cell: Frame, row: Frame | undefined): void {
  if (row?.name !== 'tr' || cell.cells === null) return
  row.cells ??= []
  row.cells[cell.cell] = cell.cells.join('')
}

function append(events: Event[], rising: Event[]): Event[] {
  for (const event of rising) events.push(event)
  return events
}

/** Collapses whitespace, no-break and ideographic spaces included, and turns full-width digits into plain ones. */
function clean(text: string, max: number): string {
  const short = text.length > max ? text.slice(0, max) : text
  const flat = short.replace(/[\s\u200b\ufeff]+/g, ' ').trim()
  return /[０-９]/.test(flat)
    ? flat.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    : flat
}
