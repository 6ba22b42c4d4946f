import { contentType, type Entry, fullDate, type LookTemplate, monthDay } from './look.ts'

const CLASSES = { news: 3, notice: 4, policy: 7, personnel: 11, plan: 12 } as const

/** In the manner of the ASP sites of the early 2000s: upper-case tags, font elements, dates with slashes. */
export const asp: LookTemplate = {
  server: 'Microsoft-IIS/6.0',
  listPaths: {
    news: `/ShowClass.asp?ClassID=${CLASSES.news}`,
    notice: `/ShowClass.asp?ClassID=${CLASSES.notice}`,
    policy: `/ShowClass.asp?ClassID=${CLASSES.policy}`,
    personnel: `/ShowClass.asp?ClassID=${CLASSES.personnel}`,
    plan: `/ShowClass.asp?ClassID=${CLASSES.plan}`,
  },
  articlePath: ({ id }) => `/ShowArticle.asp?ArticleID=${id}`,
  articleId: /ArticleID=(\d+)/,
  formatDate: (date, isShort) => (isShort ? monthDay(date) : fullDate(date, '/')),
  box: ({ name, href, entries, isScript, column }) => `
<TABLE cellSpacing=0 cellPadding=0 width="100%" border=0><TR><TD class=title_bg height=28><B>${name}</B></TD><TD align=right><A href="${href}">更多...</A></TD></TR>
<TR><TD colSpan=2 id=class${column}><TABLE width="100%">${isScript ? '' : rows(entries)}</TABLE></TD></TR></TABLE>`,
  list: (name, entries) => `
<TABLE width="100%"><TR><TD>您现在的位置：<A href="/">首页</A> &gt;&gt; ${name}</TD></TR></TABLE>
<TABLE width="98%">${rows(entries)}</TABLE>`,
  article: (title, published, source, paragraphs) => `
<TABLE width="98%"><TR><TD align=center><FONT size=4><B>${title}</B></FONT></TD></TR>
<TR><TD align=center>作者：${source}　更新时间：${published}</TD></TR>
<TR><TD id=ArticleContent>${paragraphs.map((text) => `<P>　　${text}</P>`).join('\n')}</TD></TR></TABLE>`,
  document: (frame, body) => `<HTML lang=zh-CN>
<HEAD>
${contentType(frame.charset)}
<TITLE>${frame.title}</TITLE>
<STYLE type=text/css>${frame.style}</STYLE>
</HEAD>
<BODY leftMargin=0 topMargin=0>
<TABLE width=980 align=center><TR><TD background=images/top.gif height=110><FONT face=黑体 size=6>${frame.siteName}</FONT></TD></TR>
<TR><TD bgColor=#e8f0f8>${frame.clock}<MARQUEE width=400 scrollAmount=3>欢迎访问${frame.siteName}</MARQUEE></TD></TR></TABLE>
${frame.nav}
<TABLE width=980 align=center><TR><TD vAlign=top>${body}</TD></TR></TABLE>
${frame.footer}
</BODY>
</HTML>`,
}

function rows(entries: readonly Entry[]): string {
  return entries
    .map(({ title, href, date }) => {
      const cell = date ? `<TD width=80><FONT color=#999999>${date}</FONT></TD>` : ''
      return `\n<TR><TD>·<A href="${href}" target=_blank>${title}</A></TD>${cell}</TR>`
    })
    .join('')
}
