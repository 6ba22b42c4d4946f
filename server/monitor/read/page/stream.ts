import { Parser } from 'htmlparser2'
import { beginning } from '../../../../shared/base/text.ts'
import type { Steps } from '../../../base/slices.ts'
import { feed, type Reader } from '../../html/feed.ts'
import { MAX_TEXT, type Visitor } from '../../html/walk.ts'
import { setYear } from '../dates/year-heads.ts'
import { type Event, Makes, own, settle } from '../pairing.ts'
import { attributeContext, followed, hitsOf, isInProse, type RunContext } from '../runs.ts'
import { Unseen } from '../unseen.ts'
import { boxHeadOf } from './box-heads.ts'
import { closeRow, type Frame, listAround, newFrame, openCell, placeOf, tagOf } from './frames.ts'
import { closeNotes, noteRun, tellFeet } from './notes.ts'
import {
  type Anchor,
  emptyPage,
  type Hit,
  isAside,
  isMark,
  MAX_TITLE,
  newAnchor,
  type Page,
  takePicture,
  titleRank,
  type Where,
} from './page.ts'
import { SplitDates } from './split.ts'
import { clean } from './text.ts'
import { endVisitors } from './visitors.ts'

/** More than an honest page of a megabyte has; the newest items stand first. */
const MAX_TAGS = 50_000
/** Ten times what the fullest home page shows. */
const MAX_HITS = 5_000
const MAX_ATTRIBUTE = 600
const LINE = 60
/** What says that a date is of the weather or of a stamp stands in one of so many runs before it, at their ends. */
const TRAIL_RUNS = 3
const TRAIL = 40
const ATTRIBUTE_DATE = /\d{2,4}[-/年.]\d{1,2}/
/** A run of text without any tag in it is read so far; dates of lists stand in short ones. */
const MAX_RUN = 100_000

/**
 * Collects what one pass over `html` shows. Linear in its length, whatever is in it; where the page has more than is
 * read, its `readTo` says as far as which character it was.
 * @param beside is told of the same pass, so that a page is parsed once for all who want anything of it.
 */
export function* streamPage(html: string, beside: Visitor | null = null): Steps<Page> {
  const reader = new PageReader(beside)
  const readTo = yield* feed(html, reader)
  reader.closeAll()
  if (readTo < html.length) reader.page.readTo = readTo
  tellFeet(reader.page.hits)
  return reader.page
}

/** Follows the parser's events with a stack of open elements, and takes the text between two tags as one run. */
class PageReader implements Reader {
  readonly page: Page = emptyPage()
  private readonly unseen = new Unseen(this.page)
  private readonly splits = new SplitDates()
  private readonly beside: Visitor | null
  private stack: Frame[] = []
  private parser!: Parser
  /** Where in the page the current parser began. */
  private base = 0
  private ids = 0
  /** The element that was opened last before the last run of text: it holds something if nothing else was opened. */
  private ranAfter = 0

  /** Text since the last tag, and where it began. */
  private buffer = ''
  private bufferAt = 0
  /** Text of the line before the current run; links break it, for a title is no label. */
  private line = ''
  private linksInLine = 0
  private previous = ''
  /** The last texts, whatever elements they stand in. */
  private trail: string[] = []
  private anchor: Anchor | null = null
  private readonly makes = new Makes()
  /** A date at the end of the run before: what follows may still unmake it. */
  private open: Hit | null = null

  private readonly inList = (): RunContext => this.context('list')
  private readonly inSplit = (): RunContext => this.context('split')

  constructor(beside: Visitor | null) {
    this.beside = beside
  }

  get depth(): number {
    return this.stack.length
  }

  get isOver(): boolean {
    return this.page.tags >= MAX_TAGS || this.page.hits.length >= MAX_HITS
  }

  begin(at: number): Parser {
    this.base = at
    this.parser = new Parser({
      onopentag: (name, attributes) => this.onOpen(name, attributes),
      onattribute: (name) => this.unseen.attribute(name),
      onclosetag: () => this.onClose(),
      ontext: (data) => this.onText(data),
      oncomment: (data) => this.unseen.comment(data, this.stack.at(-1)?.name ?? ''),
    })
    return this.parser
  }

  private onOpen(name: string, attributes: Record<string, string>): void {
    this.flush()
    this.beside?.open(name, attributes, this.base + this.parser.startIndex)
    this.page.tags++
    // What stood above a heading says nothing of what stands below.
    const tag = tagOf(name)
    if (tag.isHeading) {
      this.trail = []
      endVisitors(this.stack)
    }
    const frame = newFrame(tag, ++this.ids, attributes, this.stack.at(-1))
    this.stack.push(frame)
    if (!tag.isInline) this.breakLine()
    if (name === 'td' || name === 'th') openCell(this.stack)
    else if (name === 'a') this.openAnchor(attributes, frame)
    else if (name === 'img') takePicture(this.anchor, attributes.alt)
    else if (name === 'time' && attributes.datetime) this.readAttribute(attributes.datetime, 'time', frame)
    else this.unseen.element(name, attributes)
    const { title } = attributes
    if (title !== undefined && ATTRIBUTE_DATE.test(title)) this.readAttribute(title, 'attr', frame)
  }

  private openAnchor(attributes: Record<string, string>, frame: Frame): void {
    if (isMark(attributes)) return
    const { isHidden, isInMenu } = frame
    const aside = isAside(this.line, this.linksInLine)
    const anchor = newAnchor(attributes, { aside, isHidden, isInMenu })
    frame.anchor = anchor
    this.anchor = anchor
    this.line = ''
    this.page.anchors.push(anchor)
  }

  private onText(data: string): void {
    if (this.beside) this.tellText(this.beside, data)
    const frame = this.stack.at(-1)
    if (frame?.mute) this.unseen.text(frame.name, data)
    else {
      if (this.buffer === '') this.bufferAt = this.base + this.parser.startIndex
      if (this.buffer.length < MAX_RUN) this.buffer += data
    }
  }

  private tellText(beside: Visitor, data: string): void {
    const { startIndex, endIndex } = this.parser
    beside.text(data.slice(0, MAX_TEXT), this.base + startIndex, this.base + endIndex + 1)
  }

  /** Takes the text gathered since the last tag as one run. */
  private flush(): void {
    if (this.buffer === '') return
    const lines = this.stack.at(-1)?.isPre ? this.buffer.split('\n') : null
    const last = lines?.pop()
    for (const line of lines ?? []) {
      this.takeLine(line)
      this.breakLine()
      this.bufferAt += line.length + 1
    }
    this.takeLine(last ?? this.buffer)
    this.buffer = ''
  }

  private takeLine(line: string): void {
    this.buffer = line
    const text = clean(line)
    if (text !== '') this.takeRun(text)
  }

  private takeRun(text: string): void {
    if (this.open) followed(this.open, text, this.line !== '')
    this.open = null
    this.ranAfter = this.ids
    const isDate = this.takeDates(text)
    if (this.anchor && !this.anchor.full && !isDate) {
      this.anchor.text += beginning(text, MAX_TITLE)
      this.anchor.full = this.anchor.text.length > MAX_TITLE
    }
    noteRun(this.page, this.stack, text, { isDate, isInLink: this.anchor !== null })
    this.line = (this.line === '' ? text : this.line + text).slice(-LINE)
    this.previous = text
    if (this.trail.push(text.length > TRAIL ? text.slice(-TRAIL) : text) > TRAIL_RUNS) this.trail.shift()
  }

  /** Returns whether it is a date and nothing else, which is no part of a title. */
  private takeDates(text: string): boolean {
    if (this.page.hits.length >= MAX_HITS) return false
    const hits = hitsOf(text, this.inList)
    for (const hit of hits) this.raise(hit)
    const last = hits.at(-1)
    if (last && last.after < 4) this.open = last
    const split = this.splits.take(text, hits, this.inSplit, this.stack.at(-1)?.name ?? '')
    if (split) this.raise(split)
    return hits.length === 1 && last?.shape === 'alone' && this.anchor?.text !== ''
  }

  private context(where: Where): RunContext {
    const { column, isHidden, clockName, foot, ofVisitors } = placeOf(this.stack)
    return {
      line: this.line,
      previous: this.previous,
      column,
      trail: `${this.trail.join(' ')} `,
      isHidden,
      inside: this.anchor,
      where,
      clockName,
      foot,
      ofVisitors,
      offset: this.bufferAt + this.buffer.length - this.buffer.trimStart().length,
      textBefore: this.page.textLength,
    }
  }

  private readAttribute(value: string, where: Where, frame: Frame): void {
    if (this.page.hits.length >= MAX_HITS) return
    const at = this.base + this.parser.startIndex
    const contextOf = () => attributeContext(frame.anchor, where, at, this.page.textLength)
    for (const hit of hitsOf(clean(value, MAX_ATTRIBUTE), contextOf)) this.raise(hit)
  }

  private raise(hit: Hit): void {
    this.page.hits.push(hit)
    if (this.page.hasYears) setYear(hit, this.stack)
    const [frame, outer] = [this.stack.at(-1), this.stack.at(-2)]
    if (frame === undefined || isInProse(hit)) return
    hit.make = this.makes.of(frame, outer)
    hit.head = boxHeadOf(this.stack)
    frame.events ??= []
    frame.events.push({ hit, anchor: null, level: 0 })
  }

  private onClose(): void {
    this.flush()
    if (!this.stack.at(-1)?.tag.isInline) this.breakLine()
    this.close()
  }

  closeAll(): void {
    this.flush()
    while (this.stack.length > 0) this.close()
  }

  private close(): void {
    const frame = this.stack.pop()
    if (frame === undefined) return
    this.beside?.close(frame.name)
    const parent = this.stack.at(-1)
    if (frame.id === this.ids && this.ranAfter !== frame.id) this.unseen.empty(frame, parent)
    if (frame.anchor) this.closeAnchor(frame, frame.anchor)
    else if (frame.name === 'script') this.takeWritten(this.unseen.closeScript())
    else if (closeRow(frame, this.stack)) this.previous = ''
    closeNotes(frame, this.stack)
    if (frame.events === null) return
    const held = frame.events.length
    const rising = settle(frame.events, frame.name, frame.id, listAround(this.stack), frame.items, frame.cell)
    if (parent === undefined) return
    if (held > 1 && rising.length === 0) parent.items++
    if (parent.events === null) parent.events = rising
    else for (const event of rising) parent.events.push(event)
  }

  /** A date a script writes into the page stands where the script stands. */
  private takeWritten(date: string | null): void {
    if (date === null || this.page.hits.length >= MAX_HITS) return
    for (const hit of hitsOf(clean(date), () => this.context('script'))) this.raise(hit)
  }

  private closeAnchor(frame: Frame, anchor: Anchor): void {
    this.anchor = null
    this.line = ''
    this.previous = ''
    this.linksInLine++
    anchor.rank = titleRank(anchor)
    const titled = anchor.rank > 0
    const rest: Event[] = titled ? [{ hit: null, anchor, level: 0 }] : []
    for (const event of frame.events ?? []) {
      if (event.hit && titled) own(event.hit, anchor, this.stack.at(-2)?.id ?? 0)
      else if (event.hit) rest.push(event)
    }
    frame.events = rest
  }

  private breakLine(): void {
    this.line = ''
    this.linksInLine = 0
    const { anchor } = this
    if (anchor && !anchor.full && titleRank(anchor) === 2) anchor.full = true
  }
}
