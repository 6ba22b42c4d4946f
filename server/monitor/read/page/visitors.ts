import type { Frame } from './frames.ts'

/* Where visitors of a site write, nothing is published by it: comments, guest books and their newest lines on a home page. */

/** What stands at the head of one. */
const VISITORS_HEAD =
  /^[\s■▪●·【[]*(?:(?:近期|最[新近]|热门|精彩|全部|网友|网民|读者|游客|用户|文章)(?:的)?(?:评论|留言|跟帖|回复|点评|互动)|评论(?:列表|区)?|\d+ ?条评论|我要评论|发表评论)[\s\]】:：（()）\d条]*$/
const MOST_HEAD = 14
/** Heads of other boxes, where templates have no element of headings for them. */
const OTHER_HEAD = /(?:动态|新闻|要闻|快讯|资讯|公告|通知|通告|公示|文件|政策|法规|公开|解读|信息|专题|专栏)$/
const MOST_OTHER = 8
/** A heading and 「更多」. */
const HEAD_TEXTS = 2

/** A text may head the box where visitors write: the element around its own, but for the whole page. */
export function takeVisitorsHead(stack: Frame[], text: string): void {
  if (text.length > MOST_HEAD) return
  if (stack.at(-1)?.visitors && text.length <= MOST_OTHER && OTHER_HEAD.test(text)) endVisitors(stack)
  if (!VISITORS_HEAD.test(text)) return
  mark(stack[stack.findLastIndex(({ tag }) => !tag.isInline) - 1])
}

/** Another heading begins another box. */
export function endVisitors(stack: Frame[]): void {
  for (const frame of stack) if (frame.visitors === 'own') frame.visitors = null
}

/** What a box of nothing but a heading says is said of the box around it. */
export function passVisitors(frame: Frame, parent: Frame | undefined): void {
  if (frame.visitors === 'own' && frame.texts <= HEAD_TEXTS) mark(parent)
}

function mark(box: Frame | undefined): void {
  if (box !== undefined && box.name !== 'body') box.visitors ??= 'own'
}
